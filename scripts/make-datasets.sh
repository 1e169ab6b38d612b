#!/bin/sh
# Makes datasets/ and models/ anew. The same program gives the same bytes.
. "$(dirname "$0")/setup.sh"

winnow="$(sh scripts/release.sh)"

# The day that stands in the models; without it they would differ every day.
export SOURCE_DATE_EPOCH=1795392000

simulate() { "$winnow" simulate --seed 2026 "$@"; }
simulate --rows 5000 --truth datasets/truth.json --output datasets/history.csv
simulate --rows 500 --start-row 5000 --no-outcome --output datasets/new_leads.csv
simulate --rows 2000 --start-row 5500 --output datasets/later.csv
simulate --rows 5000 --german --output datasets/verlauf.csv
simulate --rows 500 --start-row 5000 --no-outcome --german --output datasets/neue_leads.csv

"$winnow" train datasets/history.csv --model models/version-1.json --quiet \
  --exclude page_views,emails_opened,emails_clicked,days_since_last_visit,session_minutes
"$winnow" train datasets/history.csv --model models/version-2.json --quiet
