"""Writes references.json: logistic regressions on made-up data, in 40-digit arithmetic (mpmath).

Run it in this folder. Data are rounded to a few digits first, so that the numbers in the file are the
data; results are rounded to doubles last. Every minimum is checked by its gradient before it is kept.
"""

import csv
import json
import random

import mpmath as mp

mp.mp.dps = 40


def logistic(eta):
    return 1 / (1 + mp.exp(-eta))


def softplus(eta):
    return mp.log1p(mp.exp(-abs(eta))) + max(eta, mp.mpf(0))


def newton(X, y, w, penalties, active=None, linear=None):
    """The minimum of sum w loss + 1/2 sum penalty b^2 + sum linear b over the active coefficients."""
    p = X.cols
    active = list(range(p)) if active is None else active
    linear = linear or [mp.mpf(0)] * p
    b = mp.zeros(p, 1)

    def value(b):
        eta = X * b
        total = sum(w[i] * (softplus(eta[i]) - y[i] * eta[i]) for i in range(X.rows))
        return total + sum(penalties[j] * b[j] ** 2 / 2 + linear[j] * b[j] for j in range(p))

    for _ in range(200):
        eta = X * b
        pr = [logistic(e) for e in eta]
        g = mp.matrix([
            sum(w[i] * (pr[i] - y[i]) * X[i, j] for i in range(X.rows)) + penalties[j] * b[j] + linear[j]
            for j in active])
        H = mp.matrix(len(active), len(active))
        for a, j in enumerate(active):
            for c, k in enumerate(active):
                H[a, c] = sum(w[i] * pr[i] * (1 - pr[i]) * X[i, j] * X[i, k] for i in range(X.rows))
            H[a, a] += penalties[j]
        d = mp.lu_solve(H, -g)
        if max(abs(x) for x in d) < mp.mpf(10) ** -34 * (1 + max(abs(x) for x in b)):
            break
        step = mp.mpf(1)
        while True:
            trial = b.copy()
            for a, j in enumerate(active):
                trial[j] += step * d[a]
            if step < mp.mpf(10) ** -20 or value(trial) <= value(b) + mp.mpf(10) ** -36:
                break
            step /= 2
        b = trial
    else:
        raise ArithmeticError("Newton's method did not converge")
    return b, value(b), H


def plain(columns, y, w):
    n = len(y)
    scales = []
    for c in columns:
        mean = mp.fsum(c) / n
        scales.append((mean, mp.sqrt(mp.fsum((x - mean) ** 2 for x in c) / n)))
    X = mp.matrix(n, len(columns) + 1)
    for i in range(n):
        X[i, 0] = 1
        for j, c in enumerate(columns):
            X[i, j + 1] = (mp.mpf(c[i]) - scales[j][0]) / scales[j][1]
    b, value, H = newton(X, y, w, [0] * X.cols)
    T = mp.eye(X.cols)
    for j, (mean, sd) in enumerate(scales):
        T[j + 1, j + 1] = 1 / sd
        T[0, j + 1] = -mean / sd
    beta = T * b
    cov = T * (H ** -1) * T.T
    return beta, cov, value


def plain_case(name, columns, names, y, w):
    weights = w or [1] * len(y)
    beta, cov, value = plain(columns, y, weights)
    se = [mp.sqrt(cov[j, j]) for j in range(cov.rows)]
    z = [beta[j] / se[j] for j in range(cov.rows)]
    total = mp.fsum(weights)
    share = mp.fsum(a * b for a, b in zip(weights, y)) / total
    null = total * (-share * mp.log(share) - (1 - share) * mp.log(1 - share))
    q = mp.mpf("1.959963984540054235524594430520551527955550")
    return {
        "name": name, "names": names, "columns": columns, "outcomes": y, "weights": w,
        "estimates": [float(x) for x in beta],
        "standardErrors": [float(x) for x in se],
        "z": [float(x) for x in z],
        "p": [float(mp.erfc(abs(x) / mp.sqrt(2))) for x in z],
        "low": [float(b - q * s) for b, s in zip(beta, se)],
        "high": [float(b + q * s) for b, s in zip(beta, se)],
        "covariance": [[float(cov[i, j]) for j in range(cov.cols)] for i in range(cov.rows)],
        "logLikelihood": float(-value), "residualDeviance": float(2 * value),
        "nullDeviance": float(2 * null), "aic": float(2 * value + 2 * len(beta)),
    }


def ridge_case(name, columns, y, w, strength):
    n = len(y)
    X = mp.matrix(n, len(columns) + 1)
    for i in range(n):
        X[i, 0] = 1
        for j, c in enumerate(columns):
            X[i, j + 1] = mp.mpf(c[i])
    weights = w or [1] * n
    penalties = [mp.mpf(0)] + [mp.mpf(strength)] * len(columns)
    b, value, H = newton(X, y, weights, penalties)
    inverse = H ** -1
    effective = len(b) - sum(penalties[j] * inverse[j, j] for j in range(len(b)))
    return {
        "name": name, "columns": columns, "outcomes": y, "weights": w, "strength": strength,
        "coefficients": [float(x) for x in b], "objective": float(value / mp.fsum(weights)),
        "standardErrors": [float(mp.sqrt(inverse[j, j])) for j in range(len(b))],
        "effectiveParameters": float(effective),
    }


def net_case(name, columns, y, strength, mixing, intercept):
    """Elastic net by trying every active set and sign until the optimality conditions hold."""
    import itertools
    n = len(y)
    offset = 1 if intercept else 0
    p = len(columns) + offset
    X = mp.matrix(n, p)
    for i in range(n):
        if intercept:
            X[i, 0] = 1
        for j, c in enumerate(columns):
            X[i, j + offset] = mp.mpf(c[i])
    w = [mp.mpf(1) / n] * n
    lam, alpha = mp.mpf(strength), mp.mpf(mixing)
    penalties = [mp.mpf(0)] * offset + [lam * (1 - alpha)] * len(columns)
    for signs in itertools.product((1, -1, 0), repeat=len(columns)):
        active = list(range(offset)) + [j + offset for j, s in enumerate(signs) if s]
        if not active:
            continue
        linear = [mp.mpf(0)] * offset + [lam * alpha * s for s in signs]
        b, value, _ = newton(X, y, w, penalties, active, linear)
        if any(s and mp.sign(b[j + offset]) != s for j, s in enumerate(signs)):
            continue
        pr = [logistic(e) for e in X * b]
        g = [sum(w[i] * (pr[i] - y[i]) * X[i, j] for i in range(n)) for j in range(p)]
        if all(s or abs(g[j + offset]) <= lam * alpha for j, s in enumerate(signs)):
            return {
                "name": name, "columns": columns, "outcomes": y, "strength": strength,
                "mixing": mixing, "intercept": intercept,
                "coefficients": [float(x) for x in b], "objective": float(value),
            }
    raise ArithmeticError("no active set is optimal")


def draw(rng, rows, columns, slopes, level):
    outcomes = []
    for i in range(rows):
        eta = level + sum(s * c[i] for s, c in zip(slopes, columns))
        outcomes.append(1 if rng.random() < 1 / (1 + mp.exp(-eta)) else 0)
    return outcomes


def main():
    rng = random.Random(20261123)
    gauss = lambda n, m=0.0, s=1.0, digits=3: [round(rng.gauss(m, s), digits) for _ in range(n)]

    loss = []
    for eta in [0.0, 1e-300, 1e-9, -1e-9, 0.1, -0.7, 0.6931471805599453, 1.5, -3.25, 7.125, -19.5, 36.7,
                -37.5, 40.0, -88.25, 300.0, -512.5, 708.5, -709.5, 744.0, 745.125, -800.0, 800.0]:
        for y in (0.0, 0.25, 1.0):
            e = mp.mpf(eta)
            p, q = 1 / (1 + mp.exp(-e)), 1 / (1 + mp.exp(e))
            loss.append([eta, y] + [float(v) for v in (
                y * mp.log1p(mp.exp(-e)) + (1 - y) * mp.log1p(mp.exp(e)), y * q - (1 - y) * p, p * q)])

    normal = [[z, float(mp.erfc(abs(mp.mpf(z)) / mp.sqrt(2)))]
              for z in [0.0, 0.1, -0.5, 1.0, -1.6448536269514722, 1.959963984540054, 3.7, -5.25, 8.3,
                        -12.125, 20.7, -30.3, 36.9, -37.0]]

    n = 60
    small = [gauss(n), gauss(n, 2, 0.5), [rng.randrange(2) for _ in range(n)]]
    small_y = draw(rng, n, small, [0.8, -0.5, 1.1], 0.4)
    n = 90
    scaled = [[rng.randrange(2008, 2026) for _ in range(n)],
              [round(mp.exp(rng.gauss(18, 1.5))) for _ in range(n)],
              [round(rng.gauss(0.002, 0.0007), 6) for _ in range(n)]]
    scaled = [[float(x) for x in c] for c in scaled]
    eta = [[(c[i] - m) / s for i in range(n)] for c, m, s in zip(scaled, (2017, 1.5e8, 0.002), (5, 2e8, 7e-4))]
    scaled_y = draw(rng, n, eta, [0.7, 0.5, -0.6], -0.5)
    n = 50
    weighted = [gauss(n), gauss(n, -1, 3)]
    weighted_y = draw(rng, n, weighted, [0.6, 0.2], 0.1)
    weighted_w = [rng.randrange(1, 6) for _ in range(n)]
    strong = [gauss(400)]
    strong_y = draw(rng, 400, strong, [3.0], 0.2)
    # Two columns that are nearly the same.
    n = 70
    base = gauss(n)
    twin = [base, [round(b + rng.gauss(0, 1e-4), 7) for b in base]]
    twin_y = draw(rng, n, twin, [0.5, 0.4], -0.2)

    net = [gauss(80) for _ in range(4)]
    net_y = draw(rng, 80, net, [1.0, -0.5, 0.1, 0.0], 0.3)

    with open("second_witness.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["converted", "score", "age", "region", "trials", "rate"])
        for i in range(120):
            score, age = round(rng.gauss(0, 1), 3), rng.randrange(18, 80)
            region = rng.choice(["north", "south", "west"])
            e = 0.9 * score + 0.03 * (age - 45) + {"north": 0.0, "south": 0.6, "west": -0.4}[region]
            trials = rng.randrange(1, 9)
            hits = sum(rng.random() < 1 / (1 + mp.exp(-e)) for _ in range(trials))
            y = 1 if rng.random() < 1 / (1 + mp.exp(-e)) else 0
            out.writerow([y, score, age, region, trials, hits])

    references = {
        "source": "make_references.py, mpmath %s, 40 digits" % mp.__version__,
        "loss": loss, "normal": normal,
        "plain": [
            plain_case("small", small, ["a", "b", "flag"], small_y, None),
            plain_case("badly scaled", scaled, ["year", "revenue in cents", "rate"], scaled_y, None),
            plain_case("weighted", weighted, ["a", "b"], weighted_y, weighted_w),
            plain_case("strong", strong, ["a"], strong_y, None),
            plain_case("nearly the same column twice", twin, ["a", "twin"], twin_y, None),
        ],
        "ridge": [ridge_case("small, %g" % s, small, small_y, None, s) for s in (0.1, 1.0, 10.0)]
        + [ridge_case("weighted, 1", weighted, weighted_y, weighted_w, 1.0)],
        "net": [net_case("mixing %g, strength %g%s" % (a, s, ", intercept" if i else ""), net, net_y, s, a, i)
                for a, s, i in ((0.0, 0.1, False), (0.5, 0.05, False), (1.0, 0.03, False),
                                (1.0, 0.05, True), (0.5, 0.2, True))],
    }
    with open("references.json", "w") as f:
        json.dump(references, f, indent=0)
        f.write("\n")


if __name__ == "__main__":
    main()
