"""What the programs of this folder share: their options, and losses of scores."""
import argparse
import json
import math
import pathlib


def options(usage):
    """The options of a program, whose docstring is its help."""
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--splits", required=True, type=pathlib.Path)
    parser.add_argument("--cache", required=True, type=pathlib.Path)
    parser.add_argument("--split", default="t")
    parser.add_argument(
        "--forms", default=["linear", "curves", "pairs"], type=lambda words: words.split(","),
        help="the forms of the program, the simplest first")
    parser.add_argument("sets", nargs="*")
    found = parser.parse_args()
    found.cache.mkdir(parents=True, exist_ok=True)
    found.sets = found.sets or sorted(
        path.name for path in found.splits.iterdir() if (path / found.split).exists())
    return found


def losses(scores, targets):
    """The log loss of each lead of a file of scores (JSON Lines), with the targets "1" and "0" of its leads."""
    with open(scores) as lines:
        logits = [json.loads(line)["logit"] for line in lines]
    signs = [1 if target == "1" else -1 for target in targets]
    return [math.log1p(math.exp(-abs(l))) + max(0, -s * l) for l, s in zip(logits, signs)]


def mean(values):
    return sum(values) / len(values)


def above(found, best):
    """The mean difference of two lists of losses, and its standard error."""
    differences = [a - b for a, b in zip(found, best)]
    middle = mean(differences)
    squares = sum((d - middle) ** 2 for d in differences)
    return middle, math.sqrt(squares / (len(differences) - 1) / len(differences))
