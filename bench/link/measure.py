#!/usr/bin/env python3
"""Runs `treem link` beside Splink on made-up worlds and FEBRL, prints tables.

usage: measure.py TREEM WORLD…      WORLD: SET-SEED-RECIPE as worlds.py takes them (a-1-one), or febrl3, febrl4; a leading "=" leaves Splink out
Out: one line a world and program: seconds of the whole command (Splink: also without its imports), processor seconds, peak MiB, F1 at p ≥ 0.9,
best F1 and its threshold, precision and recall of the band same; then calibration by tenth (pairs, mean p, true share).
"""
import json
import os
import subprocess
import sys
import tempfile
import time

from judge import judge, load

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
TIMES = int(os.environ.get("TIMES", "3"))


def run(command):
    """Seconds, processor seconds, peak MiB, and the seconds it says itself."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {' '.join(command)}")
    own = [json.loads(line).get("seconds") for line in said.splitlines() if line.startswith('{"tool"')]
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, own[0] if own else None


def files(world):
    """The lists and the truth of a world, made where they are not there yet."""
    if world.startswith("febrl"):
        folder = os.path.join(DATA, "febrl")
        if not os.path.exists(os.path.join(folder, "febrl4-truth.csv")):
            subprocess.check_call([sys.executable, os.path.join(HERE, "..", "febrl", "export.py"), folder])
        names = ["febrl3.csv"] if world == "febrl3" else ["febrl4a.csv", "febrl4b.csv"]
        return [os.path.join(folder, name) for name in names], os.path.join(folder, f"{world}-truth.csv")
    folder = os.path.join(DATA, "link", world)
    if not os.path.exists(os.path.join(folder, "truth.csv")):
        subprocess.check_call([sys.executable, os.path.join(HERE, "worlds.py"), *world.split("-"), folder])
    names = [name for name in ("a.csv", "b.csv") if os.path.getsize(os.path.join(folder, name)) > 200] if os.path.exists(os.path.join(folder, "b.csv")) else ["a.csv"]
    return [os.path.join(folder, name) for name in names], os.path.join(folder, "truth.csv")


def line(world, tool, seconds, cpu, memory, found):
    same = f"{found['same_precision']:.5f} {found['same_recall']:.4f}" if "same_precision" in found else f"{'':14}"
    print(f"{world:10} {tool:7} {seconds:7.2f} s {cpu:7.2f} cpu {memory:6.0f} MiB  F1@0.9 {found['f1_at_0.9']:.5f}  best {found['f1_best']:.5f} at {found['threshold']:.3f}  same {same}", flush=True)


def main(treem, *worlds):
    ratios = []
    for world in worlds:
        alone = world.startswith("=")
        world = world.lstrip("=")
        lists, truth = files(world)
        truth = load(truth)
        with tempfile.TemporaryDirectory() as out:
            command = [treem, "link", *lists, "--id", "rec_id", "--out", out]
            if world.startswith("febrl"):
                command += ["--model", os.path.join(HERE, "..", "febrl", f"{world}.toml")]
            runs = [run(command) for _ in range(TIMES)]
            ours = min(seconds for seconds, *_ in runs)
            found = judge(load(os.path.join(out, "pairs.csv")), truth)
            line(world, "treem", ours, min(cpu for _, cpu, *_ in runs), max(memory for *_, memory, _ in runs), found)
            if not alone and not world.startswith("febrl"):
                pairs = os.path.join(out, "splink.csv")
                seconds, cpu, memory, own = run([sys.executable, os.path.join(HERE, "splink_family.py"), *lists, pairs])
                line(world, "splink", own or seconds, cpu, memory, judge(load(pairs), truth))
                ratios.append(f"{world} {(own or seconds) / ours:.1f}")
                print(f"{'':10} treem is {(own or seconds) / ours:.1f} times as fast (Splink without its imports)")
            print(f"{'':10} tenths: " + "  ".join(f"{count}: {mean:.2f} → {share:.2f}" for count, mean, share in found["tenths"]), flush=True)
    if ratios:
        print("times as fast as Splink: " + ", ".join(ratios), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
