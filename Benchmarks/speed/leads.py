"""The columns that `winnow simulate` writes, as the linear form sees them, in polars."""
import polars as pl

NUMBERS = [
    "employees", "annual_revenue", "page_views", "emails_opened", "emails_clicked",
    "days_since_last_visit", "session_minutes", "company_age_years"]
CATEGORIES = [
    "country", "industry", "job_title", "lead_source", "region", "seniority", "campaign", "device"]
FLAGS = ["has_phone", "opted_in", "uses_competitor"]
DATE = "last_activity_at"

# A level that fewer leads have shares one coefficient with other such levels.
COMMON = 10


def scan(path):
    """The file, lazily, with the kinds of its columns named: nobody has to guess them."""
    return pl.scan_csv(path, schema_overrides={name: pl.Float64 for name in NUMBERS})


def number(name, is_log):
    """A number on its scale; the date as the days from it to the lead's creation."""
    if name != DATE:
        value = pl.col(name)
    else:
        created = pl.col("created_at").str.to_datetime("%Y-%m-%d %H:%M:%S")
        last = pl.col(DATE).str.to_datetime("%Y-%m-%d")
        value = (created - last).dt.total_seconds() / 86_400
    return value.log1p() if is_log else value


def flag(name):
    """1, 0 or nothing."""
    return pl.col(name).cast(pl.Float64)
