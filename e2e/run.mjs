// Runs the browser stories against the real program: node run.mjs [--treem PATH] [--only WORD] [--shots DIR].
// Each story gets a register of its own, people with a role each, and a browser; it fails at the first thing that is not as it should be,
// at any script error of a page, and at any accessibility violation it asks axe about. Ends with a summary; exit code 1 on a failure.
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { World } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const treem = resolve(option("treem", join(here, "../target/debug/treem")));
const only = option("only", "");
const shots = resolve(option("shots", join(here, "shots")));

const files = readdirSync(join(here, "stories")).filter((name) => name.endsWith(".mjs") && name.includes(only)).sort();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

let passed = 0;
const failed = [];
for (const file of files) {
  const story = await import(join(here, "stories", file));
  const name = file.replace(/\.mjs$/, "");
  const began = performance.now();
  const world = new World({ treem, browser, shots, name });
  try {
    await world.open(story.world ?? {});
    await story.default(world);
    passed += 1;
    console.log(`ok    ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)${world.told.map((line) => `\n        ${line}`).join("")}`);
  } catch (error) {
    failed.push(name);
    console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
    await world.photographAll("failed").catch(() => {});
  } finally {
    await world.close();
  }
}
await browser.close();
console.log(`stories: ${passed} passed, ${failed.length} failed${failed.length ? `: ${failed.join(", ")}` : ""}`);
process.exit(failed.length || passed === 0 ? 1 : 0);
