"""Fits alone, from matrices in memory: the same arrays, the same objective, and how far each stopped from the minimum."""
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from timing import in_turn, median, ratio, run

METHODS = {
    "mixed": ["glum irls-ls 1e-4", "glum irls-ls 1e-6"],
    "dense": ["glum irls-ls 1e-4", "scikit-learn lbfgs 1e-7", "scikit-learn newton-cholesky"]}
# How far from the minimum a fit may stop, in nats a row.
GAPS = {"mixed": 1e-10, "dense": 1e-9}


@dataclass
class Fits:
    """What was found of one subject."""
    title: str
    ours: list
    peer: str
    theirs: list
    gap: float
    peer_gap: float
    others: list


def save(folder, dense, codes, outcomes):
    """Writes the arrays that both sides read; the dense ones fit 32 bits exactly, so that both see the same."""
    np.save(folder / "dense.npy", np.ascontiguousarray(dense, dtype=np.float32))
    np.save(folder / "codes.npy", np.ascontiguousarray(codes, dtype=np.uint32))
    np.save(folder / "outcomes.npy", np.asarray(outcomes, dtype=np.float64))


def make_dense(folder, rows, columns, seed=5):
    """Correlated numbers with a planted truth; no codes."""
    random = np.random.default_rng(seed)
    dense = random.standard_normal((rows, columns), dtype=np.float32)
    for column in range(1, columns):
        dense[:, column] = np.float32(0.5) * dense[:, column - 1] + np.float32(0.866) * dense[:, column]
    truth = random.normal(0, 0.5 / np.sqrt(columns / 10), columns)
    outcomes = random.random(rows) < 1 / (1 + np.exp(1 - dense @ truth))
    save(folder, dense, np.empty((rows, 0)), outcomes)


def load(folder):
    """The arrays as peers like them: the numbers in 64 bits."""
    folder = Path(folder)
    return (np.load(folder / "dense.npy").astype(np.float64), np.load(folder / "codes.npy"),
            np.load(folder / "outcomes.npy"))


def objective(folder, coefficients):
    """The mean loss and penalty, in nats a row, of an intercept and coefficients."""
    dense, codes, outcomes = load(folder)
    width = dense.shape[1]
    eta = coefficients[0] + dense @ coefficients[1:1 + width]
    start = 1 + width
    for column in codes.T:
        eta += coefficients[start:][column]
        start += int(column.max()) + 1
    losses = np.logaddexp(0, eta) - outcomes * eta
    return (np.sum(losses, dtype=np.longdouble) + coefficients[1:] @ coefficients[1:] / 2) / len(outcomes)


def fit(folder, method):
    """One fit of a peer's; prints its seconds and writes its coefficients."""
    import warnings
    warnings.filterwarnings("ignore")
    dense, codes, outcomes = load(folder)
    if method.startswith("glum"):
        import tabmat
        from glum import GeneralizedLinearRegressor
        parts = [tabmat.DenseMatrix(np.asfortranarray(dense))] + [
            tabmat.CategoricalMatrix(column, categories=np.arange(int(column.max()) + 1))
            for column in codes.T]
        matrix = tabmat.SplitMatrix(parts) if len(parts) > 1 else parts[0]
        model = GeneralizedLinearRegressor(
            family="binomial", alpha=1 / len(outcomes), l1_ratio=0, solver="irls-ls",
            gradient_tol=float(method.split()[2]))
    else:
        from sklearn.linear_model import LogisticRegression
        solver, *tolerance = method.split()[1:]
        matrix = dense
        model = LogisticRegression(
            C=1, solver=solver, tol=float(tolerance[0]) if tolerance else 1e-4, max_iter=1000)
    seconds = time.perf_counter()
    model.fit(matrix, outcomes)
    seconds = time.perf_counter() - seconds
    coefficients = np.concatenate([np.ravel(model.intercept_), np.ravel(model.coef_)])
    np.save(Path(folder) / "peer_coefficients.npy", coefficients)
    print("fit", seconds)


def compare(title, kind, folder, measures, threads, rounds):
    """Times winnow's fit and that of the fastest peer that comes close enough to the minimum, in turn."""
    def peer(method):
        return run([sys.executable, __file__, folder, method])

    def ours(gap=GAPS[kind]):
        return run([measures, "fit", folder, threads, gap])

    ours(gap=0)
    lowest = objective(folder, np.load(folder / "coefficients.npy"))
    ours()
    found = {"winnow": objective(folder, np.load(folder / "coefficients.npy"))}
    seconds = {}
    for method in METHODS[kind]:
        seconds[method] = float(peer(method).output.split()[1])
        found[method] = objective(folder, np.load(folder / "peer_coefficients.npy"))
    lowest = min([lowest, *found.values()])
    gaps = {name: float(value - lowest) for name, value in found.items()}
    if gaps["winnow"] > GAPS[kind]:
        sys.exit(f"the results differ: winnow's {title} stopped {gaps['winnow']:.1e} nats a row above a peer's")
    close = [method for method in METHODS[kind] if gaps[method] <= GAPS[kind]]
    method = min(close or METHODS[kind], key=seconds.get)
    print(f"  {title}: gaps {gaps}", file=sys.stderr)
    turns = in_turn(rounds, ours=ours, theirs=lambda: peer(method))
    return Fits(
        title, [float(r.output.split()[1]) for r in turns["ours"]], method,
        [float(r.output.split()[1]) for r in turns["theirs"]], gaps["winnow"], gaps[method],
        [(name, seconds[name], gaps[name]) for name in METHODS[kind] if name != method])


def table(fits):
    lines = [
        "| fit of matrices in memory | winnow s | gap | peer | s | gap | peer / winnow | other peers, once |",
        "|---|---:|---:|---|---:|---:|---:|---|"]
    for f in fits:
        others = "; ".join(f"{name} {seconds:.2f} s, gap {gap:.0e}" for name, seconds, gap in f.others)
        lines.append(
            f"| {f.title} | {median(f.ours):.4f} | {f.gap:.0e} | {f.peer} | {median(f.theirs):.3f} | "
            f"{f.peer_gap:.0e} | {ratio(f.ours, f.theirs):.1f} | {others} |")
    return lines


if __name__ == "__main__":
    fit(*sys.argv[1:])
