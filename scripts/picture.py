#!/usr/bin/env python3
"""Makes docs/img/demo.svg: what the terminal shows for the sample lists and the letter's table.
usage: scripts/picture.py TREEM   (run from the project's root)"""
import html, os, subprocess, sys, tempfile

WIDTH, SIZE, LINE = 8.4, 14, 19
COMMANDS = [
    ["check", "samples/lists", "--as-of", "2024-06-13"],
    ["coverage", "samples/letter-table.csv"],
]


def main(treem):
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            extra = ["--out", folder] if command[0] == "check" else []
            shown = subprocess.run([treem, *command, *extra], capture_output=True, text=True, check=False).stdout
            lines.append(("$", "treem " + " ".join(command)))
            lines += [("", line.replace(folder, "treem-out")) for line in shown.rstrip("\n").split("\n")]
            lines.append(("", ""))
    lines.pop()
    columns = max(len(text) for _, text in lines) + 4
    width, height = columns * WIDTH + 32, len(lines) * LINE + 56
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}" role="img" aria-label="treem check, treem coverage">',
        '<rect width="100%" height="100%" rx="8" fill="#1b1f27"/>',
        *[f'<circle cx="{20 + 18 * n}" cy="18" r="5.5" fill="{colour}"/>' for n, colour in enumerate(("#e06c75", "#e5c07b", "#98c379"))],
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}" fill="#d7dae0" xml:space="preserve">',
    ]
    for n, (mark, text) in enumerate(lines):
        y = 52 + n * LINE
        prompt = '<tspan fill="#98c379">$ </tspan>' if mark else ""
        out.append(f'<text x="16" y="{y}">{prompt}{html.escape(text, quote=False)}</text>')
    out.append("</g></svg>")
    os.makedirs("docs/img", exist_ok=True)
    with open("docs/img/demo.svg", "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


main(sys.argv[1])
