#!/bin/sh
# Builds a program for use, winnow if none is named, and prints where it is: sh scripts/release.sh [PRODUCT]
. "$(dirname "$0")/setup.sh"

product="${1:-winnow}"
# With a folder of its own, so that neither tests nor debug builds undo it.
set -- -c release --scratch-path .build-release
if [ "$(uname)" = Linux ]; then
  # With all libraries inside but those of C and C++ the program starts in two thirds of the time, and runs where they are not
  # installed. LLVM's linker, as the older one warns of a function in Swift's own libraries that nothing calls.
  set -- "$@" --static-swift-stdlib -Xswiftc -use-ld=lld
  # The package managers' descriptions of the libraries, but with the archive in the place of the shared library.
  archives="$PWD/.build-release/archives"
  rm -rf "$archives" && mkdir -p "$archives"
  for name in openblas zlib libcrypto; do
    library="$(pkg-config --libs-only-l "$name" | tr -d ' ')"
    archive="lib${library#-l}.a"
    if [ -e "$(pkg-config --variable=libdir "$name")/$archive" ]; then
      sed "/^Libs:/s/ $library/ -l:$archive/" "$(pkg-config --variable=pcfiledir "$name")/$name.pc" >"$archives/$name.pc"
    fi
  done
  export PKG_CONFIG_PATH="$archives${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
fi
swift build "$@" --product "$product" >&2
echo "$(swift build "$@" --show-bin-path)/$product"
