# Sourced by the other scripts: goes to the project's root and sees that what the build needs is there.
set -eu
cd "$(dirname "$0")/.."

if ! command -v swift >/dev/null 2>&1; then
  echo "Swift is not installed: get Swift 6.2 or newer from https://www.swift.org/install and run this again." >&2
  exit 1
fi

missing=""
for pair in openblas:libopenblas-dev zlib:zlib1g-dev libcrypto:libssl-dev; do
  if ! command -v pkg-config >/dev/null 2>&1 || ! pkg-config --exists "${pair%%:*}"; then
    missing="$missing ${pair##*:}"
  fi
done
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"

if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "These libraries are missing, and there is no apt-get to install them with:$missing" >&2
    echo "Install your system's packages of OpenBLAS, zlib, OpenSSL and pkg-config, with headers." >&2
    exit 1
  fi
  root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "These packages are missing:$missing; install them as root: apt-get install$missing" >&2
      exit 1
    fi
    root="sudo"
  fi
  echo "Installing$missing" >&2
  export DEBIAN_FRONTEND=noninteractive
  # A fresh machine has no package lists; an old one may have lists that lead nowhere.
  $root apt-get update -qq >&2
  # shellcheck disable=SC2086
  $root apt-get install -y -qq --no-install-recommends $missing >&2
fi
