"""Rules for choosing a form by the newest leads, on leads that came after them.

usage: rules.py --winnow PROGRAM --splits DIR --cache DIR [--forms linear,curves,pairs] [SET ...]

DIR of splits as for newest_leads.py: the rows of train.csv and then of test.csv are one history in order of time.
At 50, 60, 70 and 80 % of it each rule chooses among the forms by the leads before, and the 20 % after judge. The
rules: the simplest form within one standard error of the lowest log loss on the newest fifth (what --form auto
does); the lowest log loss there; the simplest within one standard error on the two newest fifths together, the
older of which a fit on the oldest 60 % foretells. A line a set and time, then by how much each rule, and each form
taken always, is above the best form on average."""
import csv
import subprocess

from common import above, losses, mean, options

arguments = options(__doc__)
splits, cache, forms = arguments.splits, arguments.cache, arguments.forms


def written(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


class History:
    def __init__(self, name):
        self.rows = []
        for part in ("train", "test"):
            with open(splits / name / arguments.split / f"{part}.csv", newline="") as file:
                self.header, *rows = csv.reader(file)
            self.rows += rows
        self.known = {}

    def losses(self, start, end):
        """The losses of the leads between two shares of the history, by fits of all before; a list a form."""
        first, last = (round(share * len(self.rows)) for share in (start, end))
        if (first, last) not in self.known:
            train = written(cache / "train.csv", self.header, self.rows[:first])
            test = written(cache / "test.csv", self.header, self.rows[first:last])
            target = self.header.index("target")
            targets = [row[target] for row in self.rows[first:last]]
            self.known[first, last] = {form: self.judged(train, test, targets, form) for form in forms}
        return self.known[first, last]

    @staticmethod
    def judged(train, test, targets, form):
        model, scores = cache / "model.json", cache / "scores.jsonl"
        subprocess.run(
            [arguments.winnow, "train", train, "--model", model, "--outcome", "target", "--id", "row_id", "--form",
             form, "--validation", "none", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            [arguments.winnow, "score", test, "--model", model, "--output", scores, "--format", "jsonl", "--quiet"],
            check=True)
        return losses(scores, targets)


def chosen(windows, tolerance):
    """The simplest form within so many standard errors of the lowest log loss on some windows together."""
    total = {form: [loss for window in windows for loss in window[form]] for form in forms}
    best = min(forms, key=lambda form: mean(total[form]))
    for form in forms:
        distance, error = above(total[form], total[best])
        if distance <= tolerance * error:
            return form


excess = {}
for name in arguments.sets:
    history = History(name)
    for now in (0.5, 0.6, 0.7, 0.8):
        newest, before = history.losses(0.8 * now, now), history.losses(0.6 * now, 0.8 * now)
        after = {form: mean(losses) for form, losses in history.losses(now, now + 0.2).items()}
        picks = {
            "one error": chosen([newest], 1), "lowest": chosen([newest], 0),
            "two fifths": chosen([before, newest], 1), **{f"always {form}": form for form in forms}}
        best = min(after.values())
        for rule, form in picks.items():
            excess.setdefault(rule, []).append(after[form] - best)
        print(f"{name:12}{now:4.0%} " + "".join(f"{form:>8}{loss:8.4f}" for form, loss in after.items()) + "   "
              + ", ".join(f"{rule}: {form}" for rule, form in picks.items() if "always" not in rule), flush=True)
print("above the best, mean: " + ", ".join(f"{rule} {mean(values):.4f}" for rule, values in excess.items()))
