"""Whole processes in turn, so that a busy hour of the machine meets all of them."""
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Commands go through it one at a time; it ends with this process.
launcher = None


@dataclass
class Run:
    """What one process took, and what it printed."""
    wall: float
    cpu: float
    megabytes: float
    output: str
    code: int


def attempt(command, stdin=None, **environment):
    """Runs a command to its end, however that is."""
    global launcher
    if launcher is None:
        launcher = subprocess.Popen(
            [sys.executable, "-S", Path(__file__).with_name("launch.py")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
    with tempfile.NamedTemporaryFile() as output:
        launcher.stdin.write(json.dumps({
            "command": [str(word) for word in command], "input": str(stdin) if stdin else None,
            "output": output.name, "environment": environment}) + "\n")
        launcher.stdin.flush()
        found = json.loads(launcher.stdout.readline())
        return Run(output=Path(output.name).read_text(), **found)


def run(command, stdin=None, **environment):
    """Runs a command to its end; its words are shown where it fails."""
    found = attempt(command, stdin, **environment)
    if found.code != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit code {found.code}")
    return found


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
