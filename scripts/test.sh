#!/bin/sh
# Runs all tests; arguments go to `swift test`, as in: sh scripts/test.sh --filter RegressionTests
. "$(dirname "$0")/setup.sh"

# The tests of commands run the built program, so it is built first, where they look for it.
swift build --product winnow
swift test "$@"
