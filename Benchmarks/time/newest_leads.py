"""What the form chosen by the newest leads of a history is worth on leads that came after all of them.

usage: newest_leads.py --winnow PROGRAM --splits DIR --cache DIR [--split t] [--forms linear,curves,pairs] [SET ...]

DIR of splits: <set>/<split>/{train,test}.csv with the columns row_id and target, rows in order of time, the test
rows after the others. Every form is fitted on the training rows, then --form auto --ordered chooses one, once more
with --recalibrate recent. A line a set: the log loss of each form on the test rows, the choice, by how much it is
above the best form there with the standard error of the lead-wise difference, whether that is within one of them,
the log loss of the recalibrated model, and the seconds of the given and the chosen forms."""
import csv
import json
import subprocess
import time

from common import above, losses, mean, options

arguments = options(__doc__)
cache, forms = arguments.cache, arguments.forms


def trained(folder, words):
    """The model, the loss of each test row, and the seconds of the training."""
    model, scores = cache / "model.json", cache / "scores.csv"
    started = time.time()
    subprocess.run(
        [arguments.winnow, "train", folder / "train.csv", "--model", model, "--outcome", "target", "--id", "row_id",
         "--validation", "none", "--quiet", *words], check=True, stdout=subprocess.DEVNULL)
    seconds = time.time() - started
    subprocess.run(
        [arguments.winnow, "score", folder / "test.csv", "--model", model, "--output", scores, "--format", "jsonl",
         "--quiet"], check=True, stdout=subprocess.DEVNULL)
    with open(folder / "test.csv") as lines:
        targets = [row["target"] for row in csv.DictReader(lines)]
    return json.loads(model.read_text()), losses(scores, targets), seconds


print(f"{'set':12}" + "".join(f"{form:>9}" for form in forms)
      + f"{'auto':>9}{'above best':>12}{'std. error':>12}{'':>9}{'recent':>9}  seconds")
for name in arguments.sets:
    folder = arguments.splits / name / arguments.split
    known = {form: trained(folder, ["--form", form]) for form in forms}
    each = {form: found[1] for form, found in known.items()}
    model, found, seconds = trained(folder, ["--ordered"])
    _, recent, _ = trained(folder, ["--ordered", "--recalibrate", "recent"])
    best = min(forms, key=lambda form: mean(each[form]))
    distance, error = above(found, each[best])
    print(f"{name:12}" + "".join(f"{mean(each[form]):9.4f}" for form in forms)
          + f"{model['form']:>9}{distance:12.4f}{error:12.4f}{'within' if distance <= error else 'beyond':>9}"
          f"{mean(recent):9.4f}  " + " ".join(f"{known[form][2]:.2f}" for form in forms) + f" {seconds:.2f}", flush=True)
    for form in model["formChoice"]["newest"]["forms"]:
        print(f"  within training: {form['form']:9}{form['logLoss']:9.4f}{form['difference']:9.4f}"
              f" +- {form['standardError']:.4f}")
