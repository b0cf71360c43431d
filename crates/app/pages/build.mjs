// Builds what the pages need into built/: one stylesheet, one script, the fonts. In: style/, script/, npm packages at the versions of
// package-lock.json. Out: the files that `crates/app/build.rs` embeds.
import { build } from "esbuild";
import { compile } from "sass";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "built");
rmSync(built, { recursive: true, force: true });
mkdirSync(built);

const { css } = compile(join(here, "style/treem.scss"), {
  style: "compressed",
  loadPaths: [join(here, "node_modules")],
  quietDeps: true,
});
writeFileSync(join(built, "treem.css"), css);

await build({
  entryPoints: [join(here, "script/treem.mjs")],
  outfile: join(built, "treem.js"),
  bundle: true,
  minify: true,
  format: "iife",
  // The last Chromium of Windows 7.
  target: "chrome109",
  legalComments: "none",
});

for (const set of ["latin", "vietnamese"]) {
  for (const weight of ["400", "600"]) {
    copyFileSync(
      join(here, `node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-${set}-${weight}-normal.woff2`),
      join(built, `${set}-${weight}.woff2`),
    );
  }
}
copyFileSync(join(here, "style/treem.svg"), join(built, "treem.svg"));
