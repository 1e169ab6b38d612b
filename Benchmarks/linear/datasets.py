"""The public data sets of the comparison: where they lie, and what is asked of them.

Leaks and keys are left out for both sides. Column names are the file's; files without a header have
`column_1`, `column_2`, ..., as winnow calls them.
"""
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd


def money(column):
    """'$84,835.00 ' as 84835.0."""
    return pd.to_numeric(column.astype(str).str.replace(r"[$, ]", "", regex=True), errors="coerce")


def iso_day(column):
    """'2012-09-04' as days."""
    return (pd.to_datetime(column, format="%Y-%m-%d") - pd.Timestamp(0)).dt.days


def us_day(column):
    """'9/4/12' as days."""
    return (pd.to_datetime(column, format="%m/%d/%y") - pd.Timestamp(0)).dt.days


@dataclass
class DataSet:
    """A file and the question about it."""

    name: str
    file: str
    outcome: str
    converted: str
    separator: str = ","
    has_header: bool = True
    identifier: str | None = None
    excluded: list = field(default_factory=list)
    # Options that winnow needs because its known words do not cover the outcome.
    outcome_options: list = field(default_factory=list)
    # Cleaning that pandas does not do by itself, so that its side loses nothing by formats.
    cleaning: dict = field(default_factory=dict)

    def frame(self, path: Path) -> pd.DataFrame:
        """The table as pandas reads it, with clean names, numbers and dates."""
        frame = pd.read_csv(
            path, sep=self.separator, header=0 if self.has_header else None,
            encoding="utf-8-sig", skipinitialspace=True, na_values=["?", " "])
        if self.has_header:
            frame.columns = [str(name).strip() for name in frame.columns]
        else:
            frame.columns = [f"column_{index + 1}" for index in range(frame.shape[1])]
        for name, clean in self.cleaning.items():
            frame[name] = clean(frame[name])
        return frame

    def outcomes(self, frame: pd.DataFrame):
        """1 where the lead converted, else 0."""
        return (frame[self.outcome].astype(str).str.strip() == self.converted).to_numpy(float)

    def features(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns that a model may use."""
        left_out = [self.outcome, *self.excluded]
        if self.identifier:
            left_out.append(self.identifier)
        return frame.drop(columns=left_out)


DATA_SETS = [
    DataSet(
        "x-education-leads", "x-education-leads/Leads.csv", "Converted", "1",
        identifier="Prospect ID", excluded=["Lead Number", "Tags", "Lead Quality"]),
    DataSet(
        "uci-bank-marketing", "uci-bank-marketing/bank-full.csv", "y", "yes", separator=";",
        excluded=["duration"]),
    DataSet(
        "ibm-telco-churn", "ibm-telco-churn/Telco-Customer-Churn.csv", "Churn", "Yes",
        identifier="customerID"),
    DataSet(
        "uci-adult", "uci-adult/adult.data", "column_15", ">50K", has_header=False,
        excluded=["column_3"],
        outcome_options=["--converted", ">50K", "--lost", "<=50K"]),
    DataSet(
        "customer-personality (campaign)", "customer-personality/marketing_campaign.csv",
        "Response", "1", separator=";", identifier="ID", cleaning={"Dt_Customer": iso_day}),
    DataSet(
        "customer-personality (data)", "customer-personality/marketing_data.csv", "Response", "1",
        identifier="ID", cleaning={"Income": money, "Dt_Customer": us_day}),
]
