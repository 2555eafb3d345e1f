#!/usr/bin/env bash
# install-test-packages.sh: what `make test` needs beside Rust and Node. `make run` needs none of it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

# strace kills a process at each of its calls to the system. Go reads what the log of use exports, in an implementation that is not ours.
packages=(golang-go golang-golang-x-mod-dev postgresql python3 python3-venv shellcheck strace)
[ -x "$CHROMIUM" ] || packages+=(chromium fonts-liberation)
install_packages "${packages[@]}"
