#!/usr/bin/env bash
# mutants.sh [PART...]: changes one operator, branch or value of the engine at a time, and counts the changes that no test
# notices. PART is a folder or file of backend/rules/src, e.g. `clock` or `pack/diff`; all of it otherwise.
#
# A sieve: first the quick tests beside the code, then, for what they let through, every test of the crate. What was caught
# once is not tried again while its code stays the same: `rm -rf .make/mutants` begins anew. SHARD=1/8 takes every eighth
# change of a PART, always the same ones, with every test at once and whatever was caught before. docs/benchmarks.md has the figures, and explains the survivors.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_toolchain
command -v cargo-mutants >/dev/null || die "cargo-mutants is missing: cargo install --locked cargo-mutants"
out=$made/mutants
mkdir -p "$out"
# A build and the tests of one change are to take seconds: no debug information, few random cases, targets of their own.
export CARGO_TARGET_DIR=$out/target CARGO_PROFILE_DEV_DEBUG=false PROPTEST_CASES=${PROPTEST_CASES:-32}

# quick PART: the cargo target and the filter of the tests beside the code.
quick() {
  case $1 in
  condition* | fact* | guidance* | pack/boundary* | pack/diff* | pack/explain* | pack/schema*) echo "--lib $(tr / : <<<"${1%.rs}" | sed 's/:/::/g')::" ;;
  clock* | calendar*) echo "--lib clock::tests:: calendar::" ;;
  assess* | explain.rs) echo "--test=assess" ;;
  *) echo "--test=pack" ;;
  esac
}

# sieve PART [CARGO-TARGET [FILTER...]]: tries the changes of PART that nothing has caught yet.
sieve() {
  local part=$1 target=${2:-} path=backend/rules/src/$1 status=0
  shift $(($# > 1 ? 2 : 1))
  [ ! -d "$path" ] || path="$path/**"
  # A shard is counted among what is left to try: after an iteration it would be another one.
  local which=(--iterate)
  [ -z "${SHARD:-}" ] || which=(--shard "$SHARD" --sharding round-robin)
  cargo mutants --package varsel-rules --output "$out" "${which[@]}" --file "$path" \
    ${target:+--cargo-arg="$target"} -- -- "$@" || status=$?
  # 2: something was missed; 3: something took too long. All else is no result.
  case $status in 0 | 2 | 3) ;; *) exit "$status" ;; esac
  cat "$out/mutants.out/unviable.txt" >>"$out/unviable.txt"
}

[ $# -gt 0 ] || set -- condition clock calendar assess explain.rs fact pack/boundary pack/diff pack/explain pack/schema \
  pack/doc 'pack/*.rs' guidance json.rs text.rs assessment.rs
rm -f "$out"/{survived,unviable}.txt
for part in "$@"; do
  read -ra tests <<<"$(quick "$part")"
  [ -n "${SHARD:-}" ] || sieve "$part" "${tests[@]}"
  sieve "$part"
  cat "$out/mutants.out/"{missed,timeout}.txt >>"$out/survived.txt"
done
say "survived: $(wc -l <"$out/survived.txt"), see $out/survived.txt; did not compile: $(sort -u "$out/unviable.txt" | wc -l)"
