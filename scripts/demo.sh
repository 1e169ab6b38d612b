#!/bin/sh
# Builds Winnow and shows its main job: learn from a history, score new leads, compare two versions.
. "$(dirname "$0")/setup.sh"

winnow="$(sh scripts/release.sh)"

# Models and scores go beside the build, where nobody looks for anything of theirs.
folder=.build-release/demo
mkdir -p "$folder"

step() { printf '\n$ winnow %s\n\n' "$*"; }

run() {
  step "$@"
  "$winnow" "$@"
}

run --version --verbose

# 1. A first version that knows the company only, and a second that also knows what the lead did.
run train datasets/history.csv --model "$folder/version-1.json" --quiet \
  --exclude page_views,emails_opened,emails_clicked,days_since_last_visit,session_minutes | sed -n '1,5p'
run train datasets/history.csv --model "$folder/version-2.json"

# 2. New leads, scored, sorted into tiers, with reasons.
run score datasets/new_leads.csv --model "$folder/version-2.json" --output "$folder/scores.csv"
printf '\nThe first of %s rows:\n' "$(($(wc -l < "$folder/scores.csv") - 1))"
head -n 6 "$folder/scores.csv"

# 3. Which version to use, by leads that neither has seen. Exit code 2 would be "keep" or "cannot tell".
run compare "$folder/version-1.json" "$folder/version-2.json" --on datasets/later.csv || [ $? -eq 2 ]

# 4. The same history as a German Excel saves it gives the same scores.
run train datasets/verlauf.csv --model "$folder/german.json" | sed -n '1,6p'
run score datasets/neue_leads.csv --model "$folder/german.json" --german --output "$folder/werte.csv" --quiet
head -n 4 "$folder/werte.csv" | iconv -f WINDOWS-1252 -t UTF-8
