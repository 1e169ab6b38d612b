"""Makes statistics.json and metrics.json: references for the Evaluation tests.

Everything is computed from definitions in 40-digit arithmetic (mpmath), pair by pair and row by
row, and checked against scipy and scikit-learn where they have the same quantity.

Run: python make_references.py   (needs mpmath, numpy, scipy, scikit-learn)
"""
import json
import math
import os

import mpmath as mp
import numpy as np
from scipy import stats
from sklearn import metrics as sk

mp.mp.dps = 40
HERE = os.path.dirname(os.path.abspath(__file__))


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def bisect(function, low, high):
    """The root of an increasing function."""
    for _ in range(220):
        middle = (low + high) / 2
        if function(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def lower_tail(a, b, x):
    return mp.betainc(a, b, 0, x, regularized=True)


def beta_quantile(p, a, b):
    """By bisection on the logit of x, so that small x keep their digits."""
    t = bisect(lambda t: lower_tail(a, b, 1 / (1 + mp.exp(-t))) - p, mp.mpf(-200), mp.mpf(200))
    return 1 / (1 + mp.exp(-t))


def clopper_pearson(k, n, level):
    tail = (1 - mp.mpf(level)) / 2
    low = mp.mpf(0) if k == 0 else beta_quantile(tail, mp.mpf(k), mp.mpf(n) - k + 1)
    high = mp.mpf(1) if k == n else 1 - beta_quantile(tail, mp.mpf(n) - k, mp.mpf(k) + 1)
    expected = (stats.beta.ppf(float(tail), k, n - k + 1) if k else 0.0,
                stats.beta.ppf(1 - float(tail), k + 1, n - k) if k < n else 1.0)
    assert np.allclose([float(low), float(high)], expected, rtol=1e-8), (k, n, low, high, expected)
    return float(low), float(high)


def student_tail(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    value = lower_tail(df / 2, mp.mpf("0.5"), df / (df + t * t))
    assert math.isclose(float(value), 2 * stats.t.sf(abs(float(t)), float(df)), rel_tol=1e-8)
    return value


def student_quantile(p, df):
    x = beta_quantile(mp.mpf(p), mp.mpf(df) / 2, mp.mpf("0.5"))
    return mp.sqrt(df * (1 - x) / x)


def statistics():
    xs = [-37, -20.5, -8.2, -5.1, -3, -1.96, -1, -0.3, -1e-9, 0, 1e-3, 0.67, 1.5, 2.5758, 4.4, 7.9]
    ps = [1e-300, 1e-100, 1e-20, 1e-9, 0.001, 0.025, 0.074, 0.076, 0.3, 0.5, 0.5000001, 0.8, 0.924,
          0.926, 0.975, 0.999999, 1 - 2.0 ** -40]
    quantiles = []
    for p in ps:
        found = bisect(lambda x: normal_cdf(x) - mp.mpf(p), mp.mpf(-40), mp.mpf(40))
        quantiles.append(0.0 if abs(found) < 1e-30 else float(found))
    tails = [(t, df) for t in (0.01, 0.5, 1.96, 3.7, 12.0) for df in (1, 2.5, 7, 40, 1000, 300000)]
    # mpmath's incomplete beta is slow for large arguments; these stay below ten thousand.
    trials = [(0, 1), (1, 1), (0, 10), (10, 10), (1, 10), (5, 10), (9, 10), (3, 50), (47, 50),
              (0, 2000), (1, 2000), (2000, 2000), (1999, 2000), (100, 2000), (385, 1000), (7.5, 20.25)]
    return {
        "normal": [[x, float(normal_cdf(mp.mpf(x)))] for x in xs],
        "normalQuantile": [[p, q] for p, q in zip(ps, quantiles)],
        "student": [[t, df, float(student_tail(t, df))] for t, df in tails],
        "studentQuantile": [[p, df, float(student_quantile(p, df))]
                            for p in (0.05, 0.5, 1e-4) for df in (1, 2.5, 9, 99, 2000)],
        "clopperPearson": [[k, n, level, *clopper_pearson(k, n, level)]
                           for k, n in trials for level in (0.95, 0.999)],
    }


def psi(x, y):
    return mp.mpf(1) if x > y else mp.mpf("0.5") if x == y else mp.mpf(0)


def placements(scores, outcomes, weights):
    """DeLong's placements, pair by pair."""
    pos = [i for i, y in enumerate(outcomes) if y]
    neg = [i for i, y in enumerate(outcomes) if not y]
    m = mp.fsum(weights[i] for i in pos)
    n = mp.fsum(weights[j] for j in neg)
    up = {i: mp.fsum(weights[j] * psi(scores[i], scores[j]) for j in neg) / n for i in pos}
    down = {j: mp.fsum(weights[i] * psi(scores[i], scores[j]) for i in pos) / m for j in neg}
    area = mp.fsum(weights[i] * up[i] for i in pos) / m
    return area, up, down, m, n


def covariance(one, other, weights):
    a, up, down, m, n = one
    b, up2, down2, _, _ = other
    s10 = mp.fsum(weights[i] * (up[i] - a) * (up2[i] - b) for i in up) / (m - 1)
    s01 = mp.fsum(weights[j] * (down[j] - a) * (down2[j] - b) for j in down) / (n - 1)
    return s10 / m + s01 / n


def mean_and_error(terms, weights):
    count = mp.fsum(weights)
    mean = mp.fsum(w * t for t, w in zip(terms, weights)) / count
    variance = mp.fsum(w * (t - mean) ** 2 for t, w in zip(terms, weights)) / (count - 1)
    return mean, mp.sqrt(variance / count)


def log_losses(p, outcomes):
    return [-mp.log(q) if y else -mp.log(1 - q) for q, y in zip(p, outcomes)]


def calibration(p, outcomes, weights, slope=True):
    x = [mp.log(q / (1 - q)) for q in p]
    a, b = mp.mpf(0), mp.mpf(1)
    for _ in range(60):
        mu = [1 / (1 + mp.exp(-(a + b * v))) for v in x]
        r = [w * (y - q) for w, y, q in zip(weights, outcomes, mu)]
        h = [w * q * (1 - q) for w, q in zip(weights, mu)]
        g0, g1 = mp.fsum(r), mp.fsum(u * v for u, v in zip(r, x))
        h00 = mp.fsum(h)
        h01 = mp.fsum(u * v for u, v in zip(h, x))
        h11 = mp.fsum(u * v * v for u, v in zip(h, x))
        if not slope:
            a += g0 / h00
            error = mp.sqrt(1 / h00)
            continue
        d = h00 * h11 - h01 * h01
        a, b = a + (h11 * g0 - h01 * g1) / d, b + (h00 * g1 - h01 * g0) / d
        error = mp.sqrt(h11 / d), mp.sqrt(h00 / d)
    assert abs(g0) < 1e-30
    return [a, error] if not slope else [a, error[0], b, error[1]]


def kolmogorov_smirnov(p, outcomes, weights):
    m = mp.fsum(w for w, y in zip(weights, outcomes) if y)
    n = mp.fsum(w for w, y in zip(weights, outcomes) if not y)
    return max(abs(mp.fsum(w for q, w, y in zip(p, weights, outcomes) if y and q <= s) / m
                   - mp.fsum(w for q, w, y in zip(p, weights, outcomes) if not y and q <= s) / n)
               for s in p)


def captured(p, outcomes, weights, share):
    """Conversions among the best share; those at the border count in proportion."""
    total, rest = mp.mpf(0), mp.mpf(share) * mp.fsum(weights)
    for s in sorted(set(p), reverse=True):
        tied = [(w, y) for q, w, y in zip(p, weights, outcomes) if q == s]
        size = mp.fsum(w for w, _ in tied)
        part = min(mp.mpf(1), rest / size)
        total += part * mp.fsum(w for w, y in tied if y)
        rest -= part * size
        if rest <= 0:
            break
    return total / mp.fsum(w for w, y in zip(weights, outcomes) if y)


def reliability(p, outcomes, weights, bins=10):
    """Bins by the middle of each tied group; leads, conversions, mean, rate, interval."""
    count = mp.fsum(weights)
    table, below = {}, mp.mpf(0)
    for s in sorted(set(p)):
        size = mp.fsum(w for q, w in zip(p, weights) if q == s)
        table.setdefault(min(bins - 1, int(bins * (below + size / 2) / count)), []).append(s)
        below += size
    rows, error = [], mp.mpf(0)
    for b in sorted(table):
        inside = [(q, w, y) for q, w, y in zip(p, weights, outcomes) if q in table[b]]
        n = mp.fsum(w for _, w, _ in inside)
        k = mp.fsum(w for _, w, y in inside if y)
        mean = mp.fsum(w * q for q, w, _ in inside) / n
        error += n / count * abs(mean - k / n)
        rows.append([n, k, mean, k / n, *clopper_pearson(float(k), float(n), 0.95)])
    return rows, error


def stability(p, q, weights, bins=10):
    count = mp.fsum(weights)
    below, tops = mp.mpf(0), {}
    for s in sorted(set(p)):
        size = mp.fsum(w for v, w in zip(p, weights) if v == s)
        tops[min(bins - 1, int(bins * (below + size / 2) / count))] = s
        below += size
    edges = [mp.mpf(-1)] + [tops[b] for b in sorted(tops)][:-1] + [mp.mpf(2)]
    total = mp.mpf(0)
    for low, high in zip(edges, edges[1:]):
        a = mp.fsum(w for v, w in zip(p, weights) if low < v <= high) / count
        b = mp.fsum(w for v, w in zip(q, weights) if low < v <= high) / count
        a, b = max(a, 1 / (2 * count)), max(b, 1 / (2 * count))
        total += (b - a) * mp.log(b / a)
    return total


def check(p, outcomes, weights, found):
    """Against scikit-learn and scipy, in doubles."""
    assert math.isclose(found["auc"], sk.roc_auc_score(outcomes, p, sample_weight=weights))
    assert math.isclose(found["logLoss"], sk.log_loss(outcomes, p, sample_weight=weights))
    assert math.isclose(found["brier"], sk.brier_score_loss(outcomes, p, sample_weight=weights))
    if all(w == 1 for w in weights):
        one = [q for q, y in zip(p, outcomes) if y]
        other = [q for q, y in zip(p, outcomes) if not y]
        assert math.isclose(found["ks"], stats.ks_2samp(one, other).statistic)


def case(name, p, q, outcomes, weights):
    P, Q, W = ([mp.mpf(v) for v in values] for values in (p, q, weights))
    one, other = placements(P, outcomes, W), placements(Q, outcomes, W)
    variance, variance2 = covariance(one, one, W), covariance(other, other, W)
    losses, losses2 = log_losses(P, outcomes), log_losses(Q, outcomes)
    squares = [(v - y) ** 2 for v, y in zip(P, outcomes)]
    squares2 = [(v - y) ** 2 for v, y in zip(Q, outcomes)]
    loss, loss_error = mean_and_error(losses, W)
    brier, brier_error = mean_and_error(squares, W)
    difference, difference_error = mean_and_error([a - b for a, b in zip(losses, losses2)], W)
    brier_difference, brier_difference_error = mean_and_error(
        [a - b for a, b in zip(squares, squares2)], W)
    df = mp.fsum(W) - 1
    rate = mp.fsum(w for w, y in zip(W, outcomes) if y) / mp.fsum(W)
    rows, ece = reliability(P, outcomes, W)
    z = (one[0] - other[0]) / mp.sqrt(variance + variance2 - 2 * covariance(one, other, W))
    found = {
        "name": name, "probabilities": p, "second": q, "outcomes": [bool(y) for y in outcomes],
        "weights": weights,
        "auc": one[0], "aucVariance": variance, "aucZ": z,
        "aucP": mp.erfc(abs(z) / mp.sqrt(2)),
        "ks": kolmogorov_smirnov(P, outcomes, W),
        "captured10": captured(P, outcomes, W, "0.1"), "captured20": captured(P, outcomes, W, "0.2"),
        "logLoss": loss, "logLossError": loss_error,
        "logLossLow": loss - student_quantile(0.05, df) * loss_error,
        "baseRateLogLoss": -rate * mp.log(rate) - (1 - rate) * mp.log(1 - rate),
        "brier": brier, "brierError": brier_error,
        "calibration": calibration(P, outcomes, W),
        "inTheLarge": calibration(P, outcomes, W, slope=False),
        "observedToExpected": rate / (mp.fsum(w * v for w, v in zip(W, P)) / mp.fsum(W)),
        "reliability": rows, "ece": ece,
        "logLossDifference": [difference, difference_error,
                              student_tail(difference / difference_error, df)],
        "brierDifference": [brier_difference, brier_difference_error,
                            student_tail(brier_difference / brier_difference_error, df)],
        "stability": stability(P, Q, W),
    }
    found = json.loads(json.dumps(found, default=float))
    check(p, outcomes, weights, found)
    return found


def cases():
    generator = np.random.default_rng(20260301)

    def draw(n, ties, noise):
        eta = generator.normal(-0.8, 1.4, n)
        p = 1 / (1 + np.exp(-eta))
        q = 1 / (1 + np.exp(-(eta + generator.normal(0, noise, n))))
        if ties:
            p, q = np.round(p, ties) * 0.98 + 0.01, np.round(q, ties) * 0.98 + 0.01
        outcomes = (generator.random(n) < 1 / (1 + np.exp(-eta))).astype(int).tolist()
        return p.tolist(), q.tolist(), outcomes

    plain = draw(120, 0, 0.7)
    tied = draw(150, 1, 0.5)
    weighted = draw(90, 2, 0.9)
    whole = generator.integers(1, 4, 90).astype(float).tolist()
    broken = np.round(generator.random(90) * 3 + 0.05, 3).tolist()
    extreme = draw(60, 0, 2.5)
    far = [1 - 2.0 ** -30 if v > 0.7 else 1e-12 if v < 0.1 else v for v in extreme[0]]
    return [
        case("plain", *plain, [1.0] * 120),
        case("tied", *tied, [1.0] * 150),
        case("whole weights", *weighted, whole),
        case("broken weights", *weighted, broken),
        case("extreme", far, extreme[1], extreme[2], [1.0] * 60),
    ]


def write(name, content):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump({"source": "make_references.py", **content}, file, indent=0)
        file.write("\n")


write("statistics.json", statistics())
write("metrics.json", {"cases": cases()})
