#!/bin/sh
# Builds a program for use, winnow if none is named, and prints where it is: sh scripts/release.sh [PRODUCT]
. "$(dirname "$0")/setup.sh"

product="${1:-winnow}"
# With a folder of its own, so that neither tests nor debug builds undo it.
set -- -c release --scratch-path .build-release
if [ "$(uname)" = Linux ]; then
  # With Swift's libraries inside the program starts in 7 ms in place of 10, and runs where no Swift is. LLVM's linker,
  # as the older one warns of a function in Swift's own libraries that nothing calls.
  set -- "$@" --static-swift-stdlib -Xswiftc -use-ld=lld
fi
swift build "$@" --product "$product" >&2
echo "$(swift build "$@" --show-bin-path)/$product"
