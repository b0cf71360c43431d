#!/usr/bin/env python3
"""Runs commands in turn and compares them: seconds, processor seconds, peak memory.

usage: side_by_side.py TIMES LABEL COMMAND [LABEL COMMAND …]     (COMMAND: one string; {out} in it becomes a fresh folder)

In: commands, each run TIMES times, alternating, after one run of each to warm the disk cache. Out: a table and the ratio of the first
to each other one. `seconds` is the whole process by the clock; where a command prints {"seconds": …} itself (a Python script that
leaves out its imports), that stands beside it and is the stricter yardstick.
"""

import json
import os
import shlex
import shutil
import statistics
import sys
import tempfile
import time


def run(command):
    """One run: clock, processor seconds, peak MiB, and the seconds it says itself."""
    out = tempfile.mkdtemp(prefix="bench-")
    said = os.path.join(out, "said")
    words = shlex.split(command.replace("{out}", os.path.join(out, "out")))
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        paper = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(paper, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            os.execvp(words[0], words)
        finally:
            os._exit(127)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    own = None
    with open(said, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("{"):
                try:
                    own = json.loads(line).get("seconds")
                except (ValueError, AttributeError):
                    pass
    shutil.rmtree(out)
    if code not in (0, 1):
        sys.exit(f"exit code {code}: {command}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, own


def main(times, *pairs):
    """Runs and prints."""
    labels, commands = pairs[::2], pairs[1::2]
    results = {label: [] for label in labels}
    for turn in range(int(times) + 1):
        for label, command in zip(labels, commands):
            result = run(command)
            if turn:
                results[label].append(result)
    width = max(map(len, labels))
    print(f"{'':{width}}  best s  median s   cpu s  peak MiB  own best s")
    best = {}
    for label, runs in results.items():
        seconds, cpu, memory, own = zip(*runs)
        own_best = None if None in own else min(own)
        best[label] = (min(seconds), own_best or min(seconds), statistics.median(seconds))
        print(f"{label:{width}}  {min(seconds):6.2f}  {statistics.median(seconds):8.2f}  {statistics.median(cpu):6.2f}  {max(memory):8.0f}  {'' if own_best is None else format(own_best, '10.2f')}")
    first = labels[0]
    for label in labels[1:]:
        print(f"{first} / {label}: best {best[first][0] / best[label][0]:.2f}, median {best[first][2] / best[label][2]:.2f}, against its own clock {best[first][0] / best[label][1]:.2f}")
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f} at the end" + (" (other work ran beside: take the best, not the median)" if load > 1.5 * os.cpu_count() else ""))


if __name__ == "__main__":
    if len(sys.argv) < 4 or len(sys.argv) % 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
