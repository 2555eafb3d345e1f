#!/usr/bin/env bash
# torture.sh [PROOF...]: the proofs of access control, and of what outlives kills, full disks and cut connections, with the whole
# figures of the catalogue, on both databases; `make test` tries a share of each. PROOF is one of A1 A2 A4 A7 A8 D1 D2 D4 D5 D6 D7
# E1 E2 E3 E5 E7 E8 F3 I2 R35 G1 G2 G3; all of them otherwise, which takes hours. The report is
# .make/torture.txt: a line for each proof, with its seed and its counts.
#
# VARSEL_SCALE=10 tries a tenth of the figures (never less than `make test` does). VARSEL_SEED says what chance begins with; each
# run takes another and prints it, so that what failed can be tried again. VARSEL_DATABASE=SQLite or PostgreSQL tries that one alone.
# VARSEL_PROFILE=dev spares the build of its own.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

export VARSEL_SCALE=${VARSEL_SCALE:-full} VARSEL_SEED=${VARSEL_SEED:-$(date +%s)} VARSEL_PROOFS=$made/torture.txt
export CARGO_TERM_COLOR=never RUST_BACKTRACE=0
# Thousands of worlds are rolled back in one database: without a vacuum, each look reads what all before have left behind.
export POSTGRES_SETTINGS="-c autovacuum=on -c autovacuum_naptime=5s ${POSTGRES_SETTINGS:-}"
profile=${VARSEL_PROFILE:-torture}
[ $# -gt 0 ] || set -- A4 A8 A7 A1 A2 D5 D4 D2 D7 E1 E2 E3 E5 E7 E8 F3 I2 R35 G3 D6 D1 G2 G1

# proof ID: the crate and the tests of it, its planted faults included.
proof() {
  case $1 in
  A1) echo 'server kill::rounds kill::real kill::worker kill::planted' ;;
  A2) echo 'server kill::syscall kill::erased' ;;
  A4) echo 'server fault::full' ;;
  A7) echo 'server fault::cut' ;;
  A8) echo 'services parallel' ;;
  D1) echo 'server matrix::grid' ;;
  D2) echo 'server timing hidden' ;;
  D4) echo 'storage world' ;;
  D5) echo 'storage wall' ;;
  D6) echo 'services interference' ;;
  D7) echo 'server withdrawal' ;;
  E1) echo 'services blind' ;;
  E2) echo 'server matrix::uses' ;;
  E3) echo 'services separation::missing' ;;
  E5) echo 'server silence' ;;
  E7) echo 'services separation' ;;
  E8) echo 'services injection' ;;
  I2) echo 'storage keys::under_load' ;;
  R35) echo 'server attempts' ;;
  F3) echo 'server flood::' ;;
  G1) echo 'services guessing' ;;
  G2) echo 'server names::' ;;
  G3) echo 'services replay' ;;
  *) die "there is no proof $1: A1 A2 A4 A7 A8 D1 D2 D4 D5 D6 D7 E1 E2 E3 E5 E7 E8 F3 I2 R35 G1 G2 G3" ;;
  esac
}

# program CRATE: where the build has put the crate's integration tests.
program() { grep -F "backend/$1#" "$built" | grep -oP '"kind":\["test"\].*"executable":"\K[^"]+' | tail -n 1; }

need_toolchain
mkdir -p frontend/dist
for id in "$@"; do proof "$id" >/dev/null; done
# One build for all proofs: a build for each crate alone would take other features of what they share, and compile it again.
built=$made/logs/torture-build.json
say "build the proofs (profile $profile)"
cargo test --locked --profile "$profile" --workspace --test it --no-run --message-format=json >"$built" 2>"$made/logs/torture-build.log" ||
  die "the proofs do not build: $made/logs/torture-build.log"
{
  printf '%s, %s, %s, seed %s, scale %s, %s, %s\n' "$(date -u +%FT%TZ)" "$(git rev-parse --short HEAD 2>/dev/null || echo 'no commit')" \
    "$(rustc --version)" "$VARSEL_SEED" "$VARSEL_SCALE" "profile $profile" \
    "${VARSEL_DATABASE:-both databases}"
  printf '%s cores, load %s\n' "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)"
} | tee -a "$VARSEL_PROOFS"

failed=0
for id in "$@"; do
  read -r crate filters < <(proof "$id")
  read -ra filters <<<"$filters"
  log=$made/logs/torture-$id.log began=$SECONDS status=0
  say "run   $id"
  scripts/with-postgres.sh env -C "backend/$crate" "$(program "$crate")" --include-ignored "${filters[@]}" >"$log" 2>&1 </dev/null || status=$?
  ran=$(awk '/^test result:/ { print $4 }' "$log")
  if [ "$status" = 0 ] && [ "${ran:-0}" -gt 0 ]; then told=passed; else told="FAILED, see $log" failed=1; fi
  say "$id: $told, ${ran:-0} tests, $((SECONDS - began)) s" | tee -a "$VARSEL_PROOFS"
done
say "report: $VARSEL_PROOFS"
exit "$failed"
