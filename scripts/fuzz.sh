#!/usr/bin/env bash
# fuzz.sh [TARGET...]: what reads other people's text, fuzzed with coverage as the guide: gate, facts, conditions, pack; all of
# them, one after the other, otherwise. SECONDS_EACH is the time for each (300). What was found before is begun with, and what
# crashes is kept in fuzz/artifacts; docs/development.md says what to do with it, docs/benchmarks.md what came of it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_toolchain
command -v cargo-fuzz >/dev/null || die "cargo-fuzz is missing: cargo install --locked cargo-fuzz"
cargo +nightly --version >/dev/null 2>&1 || die "a nightly compiler is missing: rustup toolchain install nightly --profile minimal"
install_packages g++

[ $# -gt 0 ] || set -- gate facts conditions pack
node scripts/fuzz-seeds.mjs
# No sanitizer: neither the product nor the targets have unsafe code, and without one stack and time are the server's own.
cargo +nightly fuzz build --sanitizer none

# fuzz TARGET: begins with the seeds, goes on where the last run ended, and gives the main thread no more stack than a thread of
# the server has. Documents and packs are short: long ones are for the tests of the limits.
fuzz() {
  local corpus=fuzz/corpus/$1 options=(-max_total_time="${SECONDS_EACH:-300}" -timeout=20 -print_final_stats=1)
  [ ! -f "fuzz/seeds/$1.dict" ] || options+=(-dict="fuzz/seeds/$1.dict")
  [ "$1" != gate ] || options+=(-max_len=4096)
  mkdir -p "$corpus" "fuzz/artifacts/$1"
  (
    ulimit -s 2048
    "fuzz/target/$(rustc -vV | awk '/^host:/ { print $2 }')/release/$1" "${options[@]}" \
      -artifact_prefix="fuzz/artifacts/$1/" "$corpus" "fuzz/seeds/$1"
  )
}

for name in "$@"; do
  say "fuzzing $name"
  fuzz "$name" 2>"$made/logs/fuzz-$name.log" || die "$name: a finding, see $made/logs/fuzz-$name.log"
  sed -n 's/^stat::/  /p' "$made/logs/fuzz-$name.log"
done
