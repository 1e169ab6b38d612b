"""Whole processes in turn, so that a busy hour of the machine meets all of them."""
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Run:
    """What one process took, and what it printed."""
    wall: float
    cpu: float
    megabytes: float
    output: str


def run(command, stdin=None):
    """Runs a command to its end; its words are shown where it fails."""
    start = time.perf_counter()
    with open(stdin or os.devnull, "rb") as source:
        process = subprocess.Popen(
            [str(word) for word in command], stdin=source, stdout=subprocess.PIPE, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit code {process.returncode}")
    # Linux counts kilobytes.
    return Run(
        time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, output)


def in_turn(rounds, **actions):
    """The runs of each action; a first round, which warms caches, does not count."""
    runs = {name: [] for name in actions}
    for count in range(rounds + 1):
        for name, action in actions.items():
            found = action()
            if count > 0:
                runs[name].append(found)
    return runs


def median(values):
    return statistics.median(values)


def ratio(ours, theirs):
    """How many times longer the peer took: the median of the rounds' own ratios."""
    return statistics.median(their / our for our, their in zip(ours, theirs))
