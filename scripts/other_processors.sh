#!/bin/sh
# What this machine would not show by itself: the C sources compile for arm64, and the tests of what calls them hold
# on every lower path of this processor (see Sources/LinearAlgebra/Instructions.swift). Builds the tests.
. "$(dirname "$0")/setup.sh"

stubs="$(mktemp -d)"
trap 'rm -rf "$stubs"' EXIT
if [ "$(uname -sm)" = "Linux x86_64" ]; then
  # The compiler beside `swift` knows every processor; the C library's headers for this one serve, but for a list
  # of missing functions that each processor has under its own name.
  mkdir "$stubs/gnu"
  : > "$stubs/gnu/stubs-32.h"
  compiler="$(dirname "$(readlink -f "$(command -v swift)")")/clang"
  for source in Sources/CKernels/*.c; do
    "$compiler" --target=aarch64-linux-gnu -O2 -Wall -Wextra -Werror -c -o /dev/null \
      -I Sources/CKernels/include -isystem /usr/include/x86_64-linux-gnu -isystem "$stubs" "$source"
    echo "compiles for arm64: $source"
  done
fi

swift build --build-tests
for path in baseline avx2; do
  echo "tests with WINNOW_INSTRUCTIONS=$path"
  WINNOW_INSTRUCTIONS=$path swift test --skip-build \
    --filter 'DataSourcesTests|LinearAlgebraTests|FeatureEncodingTests|RegressionTests|EvaluationTests'
done
