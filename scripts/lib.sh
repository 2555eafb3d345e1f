# shellcheck shell=bash
# What the scripts beside this one share: where things are, and what the machine must have. To be sourced.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
made=$root/.make
target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$root/$target ;; esac
mkdir -p "$made/logs"
cd "$root" || exit 1

say() { printf '%s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# install_packages NAME...: installs the Debian packages that are missing, or says which to install.
install_packages() {
  local missing=() package as_root=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "please install the equivalents of these Debian packages: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || die "please run once: sudo apt-get install ${missing[*]}"
    as_root=(sudo -n)
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# need_toolchain: Rust and Node are the reader's to choose; the C compiler that Rust links with is not.
need_toolchain() {
  command -v cargo >/dev/null || PATH=$PATH:$HOME/.cargo/bin
  command -v cargo >/dev/null || die "Rust is missing: install it with rustup (https://rustup.rs)"
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    die "Node.js 20 or newer with npm is missing (https://nodejs.org)"
  fi
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node.js is $(node -v); Varsel needs 20 or newer"
  command -v cc >/dev/null || install_packages gcc libc6-dev
}

# digest FILE...: one hash over names and contents; a folder counts with all that is in it.
digest() {
  find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# when_changed STAMP DIGEST COMMAND...: runs COMMAND unless it last succeeded with the same DIGEST.
when_changed() {
  local stamp=$made/$1 now=$2
  shift 2
  [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return 0
  rm -f "$stamp"
  "$@"
  printf '%s\n' "$now" >"$stamp"
}

# free_port: a TCP port that nobody listens on right now.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

# scratch: where tests put what they throw away. On some machines a new file takes a hundred times as long on disk as in memory, and
# each database of a test has hundreds; the disk's folder all the same where memory is short, or programs may not run from it.
scratch() {
  local memory=/dev/shm probe free
  free=$(df --output=avail -k "$memory" 2>/dev/null | tail -n 1) || free=0
  if [ "${free:-0}" -gt 4194304 ] && probe=$(mktemp -p "$memory" 2>/dev/null); then
    printf '#!/bin/sh\n' >"$probe"
    chmod +x "$probe"
    if ! "$probe" 2>/dev/null; then memory=""; fi
    rm -f "$probe"
  else
    memory=""
  fi
  printf '%s\n' "${memory:-${TMPDIR:-/tmp}}"
}
