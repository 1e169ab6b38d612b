"""What the form chosen by the newest leads of a history is worth on leads that came after all of them.

usage: newest_leads.py --winnow PROGRAM --splits DIR --cache DIR [--split t] [--forms linear,curves] [SET ...]

DIR of splits: <set>/<split>/{train,test}.csv with the columns row_id and target, rows in order of time, the test
rows after the others. Every form is fitted on the training rows, then --form auto --ordered chooses one, once more
with --recalibrate recent. A line a set: the log loss of each form on the test rows, the choice, by how much it is
above the best form there with the standard error of the lead-wise difference, whether that is within one of them,
the log loss of the recalibrated model, and the seconds of the given and the chosen forms."""
import argparse
import csv
import json
import math
import pathlib
import subprocess
import time

parser = argparse.ArgumentParser()
parser.add_argument("--winnow", required=True)
parser.add_argument("--splits", required=True)
parser.add_argument("--cache", required=True)
parser.add_argument("--split", default="t")
parser.add_argument("--forms", default="linear,curves", help="the forms of the program, the simplest first")
parser.add_argument("sets", nargs="*")
arguments = parser.parse_args()
splits, cache = pathlib.Path(arguments.splits), pathlib.Path(arguments.cache)
cache.mkdir(parents=True, exist_ok=True)
forms = arguments.forms.split(",")


def trained(folder, options):
    """The model, the loss of each test row, and the seconds of the training."""
    model, scores = cache / "model.json", cache / "scores.csv"
    started = time.time()
    subprocess.run(
        [arguments.winnow, "train", folder / "train.csv", "--model", model, "--outcome", "target", "--id", "row_id",
         "--validation", "none", "--quiet", *options], check=True, stdout=subprocess.DEVNULL)
    seconds = time.time() - started
    subprocess.run(
        [arguments.winnow, "score", folder / "test.csv", "--model", model, "--output", scores, "--format", "jsonl",
         "--quiet"], check=True, stdout=subprocess.DEVNULL)
    with open(scores) as lines:
        logits = [json.loads(line)["logit"] for line in lines]
    with open(folder / "test.csv") as lines:
        signs = [1 if row["target"] == "1" else -1 for row in csv.DictReader(lines)]
    losses = [math.log1p(math.exp(-abs(l))) + max(0, -s * l) for l, s in zip(logits, signs)]
    return json.loads(model.read_text()), losses, seconds


def mean(values):
    return sum(values) / len(values)


names = arguments.sets or sorted(p.name for p in splits.iterdir() if (p / arguments.split).exists())
print(f"{'set':12}" + "".join(f"{form:>9}" for form in forms)
      + f"{'auto':>9}{'above best':>12}{'std. error':>12}{'':>9}{'recent':>9}  seconds")
for name in names:
    folder = splits / name / arguments.split
    known = {form: trained(folder, ["--form", form]) for form in forms}
    losses = {form: found[1] for form, found in known.items()}
    model, found, seconds = trained(folder, ["--ordered"])
    _, recent, _ = trained(folder, ["--ordered", "--recalibrate", "recent"])
    best = min(forms, key=lambda form: mean(losses[form]))
    differences = [a - b for a, b in zip(found, losses[best])]
    above = mean(differences)
    error = math.sqrt(sum((d - above) ** 2 for d in differences) / (len(differences) - 1) / len(differences))
    print(f"{name:12}" + "".join(f"{mean(losses[form]):9.4f}" for form in forms)
          + f"{model['form']:>9}{above:12.4f}{error:12.4f}{'within' if above <= error else 'beyond':>9}"
          f"{mean(recent):9.4f}  " + " ".join(f"{known[form][2]:.2f}" for form in forms) + f" {seconds:.2f}", flush=True)
    for form in model["formChoice"]["newest"]["forms"]:
        print(f"  within training: {form['form']:9}{form['logLoss']:9.4f}{form['difference']:9.4f}"
              f" +- {form['standardError']:.4f}")
