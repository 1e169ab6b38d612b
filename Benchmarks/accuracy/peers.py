"""Well-known methods on the files that Winnow reads, each by its library's public interface.

Each method takes training features, outcomes and test features, and returns probabilities for the test rows. Their
settings are the libraries' own, but for `lightgbm-tuned`.
"""
import warnings

import numpy as np
import pandas as pd

MISSING = ["", "?", "NA", "N/A", "NaN", "nan", "null", "NULL"]
MISSING_LEVEL = "missing"


def features(train, test):
    """The features of both tables, numbers as numbers, and the names of the numeric columns.

    A column is numeric if all its training values that are there are numbers or ISO dates (then days); the
    test rows have no say. Others stay text, None where missing.
    """
    known, new, numeric = {}, {}, []
    for name in train.columns.drop(["row_id", "target"]):
        convert = converter(train[name][~train[name].isin(MISSING)])
        if convert:
            numeric.append(name)
        for table, result in ((train, known), (test, new)):
            there = table[name].where(~table[name].isin(MISSING))
            result[name] = convert(there) if convert else there.astype(object).where(there.notna(), None)
    return pd.DataFrame(known), pd.DataFrame(new), numeric


def converter(values):
    """What turns a column with these values into numbers; None for text."""
    if len(values) == 0:
        return None
    if np.isfinite(as_numbers(values)).all():
        return as_numbers
    if values.str.fullmatch(r"\d{4}-\d{2}-\d{2}").all() and as_days(values).notna().all():
        return as_days
    return None


def as_numbers(values):
    return pd.to_numeric(values, errors="coerce").astype(float)


def as_days(values):
    dates = pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")
    return (dates - pd.Timestamp(2000, 1, 1)) / pd.Timedelta(days=1)


def with_missing_level(table, numeric):
    """The table with missing as a level of its own in text columns."""
    text = table.columns.difference(numeric)
    return table.assign(**{name: table[name].fillna(MISSING_LEVEL).astype(str) for name in text})


def scikit_learn(known, outcomes, new, numeric):
    """Medians, z-scores, one-hot, LogisticRegression()."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    text = [name for name in known.columns if name not in numeric]
    pipeline = make_pipeline(
        ColumnTransformer([
            ("numeric", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric),
            ("text", OneHotEncoder(handle_unknown="ignore"), text)]),
        LogisticRegression(max_iter=10_000))
    pipeline.fit(with_missing_level(known, numeric), outcomes)
    return pipeline.predict_proba(with_missing_level(new, numeric))[:, 1]


def for_trees(known, new, numeric):
    """Both tables with text columns as pandas categories of the training levels, and plain column names."""
    result = []
    for table in (known, new):
        columns = {}
        for index, name in enumerate(known.columns):
            column = table[name]
            if name not in numeric:
                column = pd.Categorical(column, categories=sorted(known[name].dropna().unique()))
            columns[f"x{index}"] = column
        result.append(pd.DataFrame(columns))
    return result


def lightgbm(known, outcomes, new, numeric):
    """LGBMClassifier() untouched."""
    from lightgbm import LGBMClassifier

    known, new = for_trees(known, new, numeric)
    model = LGBMClassifier(n_jobs=1, verbose=-1).fit(known, outcomes)
    return model.predict_proba(new)[:, 1]


def lightgbm_tuned(known, outcomes, new, numeric):
    """The best of 4, 8 and 31 leaves and its number of rounds on an inner fifth, then all rows."""
    from lightgbm import LGBMClassifier, early_stopping
    from sklearn.model_selection import train_test_split

    known, new = for_trees(known, new, numeric)
    settings = dict(
        learning_rate=0.05, colsample_bytree=0.7, subsample=0.8, subsample_freq=1, n_jobs=1, verbose=-1)
    inner, outer, inner_outcomes, outer_outcomes = train_test_split(
        known, outcomes, test_size=0.2, random_state=0, stratify=outcomes)
    trials = []
    for leaves in (4, 8, 31):
        model = LGBMClassifier(n_estimators=2000, num_leaves=leaves, **settings)
        model.fit(
            inner, inner_outcomes, eval_set=[(outer, outer_outcomes)],
            callbacks=[early_stopping(50, verbose=False)])
        trials.append((model.best_score_["valid_0"]["binary_logloss"], leaves, model.best_iteration_))
    _, leaves, rounds = min(trials)
    # A quarter more rows bear some more rounds.
    model = LGBMClassifier(n_estimators=max(5, int(1.1 * rounds)), num_leaves=leaves, **settings)
    return model.fit(known, outcomes).predict_proba(new)[:, 1]


def ebm(known, outcomes, new, numeric):
    """ExplainableBoostingClassifier(), told which columns are numbers."""
    from interpret.glassbox import ExplainableBoostingClassifier

    types = ["continuous" if name in numeric else "nominal" for name in known.columns]
    model = ExplainableBoostingClassifier(feature_types=types, n_jobs=1, random_state=0)
    model.fit(with_missing_level(known, numeric), outcomes)
    return model.predict_proba(with_missing_level(new, numeric))[:, 1]


def optbinning(known, outcomes, new, numeric):
    """BinningProcess() to weights of evidence, then LogisticRegression()."""
    from optbinning import BinningProcess
    from sklearn.linear_model import LogisticRegression

    text = [name for name in known.columns if name not in numeric]
    binning = BinningProcess(list(known.columns), categorical_variables=text, n_jobs=1)
    binning.fit(with_missing_level(known, numeric), outcomes)
    evidence = [
        binning.transform(with_missing_level(table, numeric), metric="woe", metric_missing="empirical")
        for table in (known, new)]
    model = LogisticRegression(max_iter=10_000).fit(evidence[0], outcomes)
    return model.predict_proba(evidence[1])[:, 1]


PEERS = {
    "scikit-learn": scikit_learn,
    "lightgbm": lightgbm,
    "lightgbm-tuned": lightgbm_tuned,
    "ebm": ebm,
    "optbinning": optbinning,
}


def predict(name, train, test):
    """The probabilities of a method for the rows of `test`; both tables hold text."""
    known, new, numeric = features(train, test)
    outcomes = train["target"].astype(int).to_numpy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return PEERS[name](known, outcomes, new, numeric)
