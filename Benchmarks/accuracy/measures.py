"""Measures of probabilities against outcomes, and of differences over splits that share rows."""
import numpy as np
from scipy.special import expit, logit
from scipy.stats import rankdata

# Titles of the tables, and the columns of a file of published figures.
MEASURES = {
    "log loss": "logloss",
    "AUC": "auc",
    "calibration slope": "slope",
    "calibration error": "ece",
    "lift at 10 %": "lift10",
}


def measure(outcomes, probabilities):
    """All measures by their titles."""
    p = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return {
        "log loss": -np.mean(np.where(outcomes == 1, np.log(p), np.log1p(-p))),
        "AUC": area(outcomes, p),
        "calibration slope": calibration_slope(outcomes, p),
        "calibration error": calibration_error(outcomes, p),
        "lift at 10 %": lift(outcomes, p),
    }


def area(outcomes, p):
    """The area under the ROC curve."""
    positives = outcomes.sum()
    negatives = len(outcomes) - positives
    return (rankdata(p)[outcomes == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives)


def calibration_slope(outcomes, p):
    """The slope of a logistic regression of outcomes on logits: under 1 is overconfident."""
    x = np.column_stack([np.ones(len(p)), logit(p)])
    if np.ptp(x[:, 1]) < 1e-9:
        return np.nan
    b = np.array([0.0, 1.0])
    for _ in range(100):
        fitted = expit(x @ b)
        hessian = (x.T * (fitted * (1 - fitted) + 1e-12)) @ x
        step = np.linalg.solve(hessian, x.T @ (outcomes - fitted))
        b += step * min(1, 0.5 / max(abs(step).max(), 1e-12))
        if abs(step).max() < 1e-9:
            break
    return b[1]


def calibration_error(outcomes, p, bins=10):
    """The mean absolute difference of share and mean probability over bins of equally many rows."""
    parts = np.array_split(np.argsort(p, kind="stable"), bins)
    return sum(abs((outcomes[part] - p[part]).sum()) for part in parts) / len(p)


def lift(outcomes, p, share=0.1):
    """How often the best tenth converts, against all."""
    count = max(1, round(share * len(p)))
    return outcomes[np.argsort(-p, kind="stable")[:count]].mean() / outcomes.mean()


def over_splits(differences, ratio):
    """The mean of the splits' differences and its standard error; NaN with one split.

    Test parts overlap and training parts more so: C. Nadeau and Y. Bengio, Machine Learning 52 (2003), multiply
    the variance by 1/J + test rows / training rows in place of 1/J.
    """
    values = np.asarray(differences, float)
    if len(values) < 2:
        return values.mean(), np.nan
    return values.mean(), np.sqrt((1 / len(values) + ratio) * values.var(ddof=1))
