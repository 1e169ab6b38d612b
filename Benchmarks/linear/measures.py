"""Measures of probabilities against outcomes, and paired differences with their standard errors."""
import numpy as np
from scipy.stats import rankdata


def log_losses(outcomes, probabilities):
    """The loss of each row, in nats."""
    p = np.clip(probabilities, 1e-15, 1 - 1e-15)
    return -np.where(outcomes == 1, np.log(p), np.log1p(-p))


def squared_errors(outcomes, probabilities):
    """The squared error of each row; their mean is the Brier score."""
    return (outcomes - probabilities) ** 2


def auc_components(outcomes, probabilities):
    """The area under the ROC curve and its components by positive and by negative row.

    E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Biometrics 44 (1988), by ranks as X. Sun and
    W. Xu, IEEE Signal Processing Letters 21 (2014), compute them.
    """
    positive, negative = probabilities[outcomes == 1], probabilities[outcomes == 0]
    m, n = len(positive), len(negative)
    ranks = rankdata(np.concatenate([positive, negative]))
    of_positive = (ranks[:m] - rankdata(positive)) / n
    of_negative = 1 - (ranks[m:] - rankdata(negative)) / m
    return of_positive.mean(), of_positive, of_negative


def difference(values, others):
    """The mean of `values - others` over the rows, and its standard error."""
    change = values - others
    return change.mean(), change.std(ddof=1) / np.sqrt(len(change))


def auc_difference(outcomes, probabilities, others):
    """The difference of two areas on the same rows, and DeLong's standard error of it."""
    one, positive, negative = auc_components(outcomes, probabilities)
    other, other_positive, other_negative = auc_components(outcomes, others)
    variance = (
        (positive - other_positive).var(ddof=1) / len(positive)
        + (negative - other_negative).var(ddof=1) / len(negative))
    return one - other, np.sqrt(variance)
