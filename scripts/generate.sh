#!/usr/bin/env bash
# generate.sh [--check]: rewrites the generated files; with --check it says which were out of date, and fails.
# VARSEL_BIN names a server that is already built.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_toolchain
varsel=${VARSEL_BIN:-$target/debug/varsel}
[ -n "${VARSEL_BIN:-}" ] || { mkdir -p frontend/dist && cargo build --locked -p varsel-server; }
[ -x "$varsel" ] || die "$varsel is not there: the build has failed"

hashes() { find schema frontend/src -type f -print0 | sort -z | xargs -0 sha256sum; }
before=$(hashes)

# Written beside and then moved: a failing command must not leave half a schema behind.
schema() {
  "$varsel" schema "$1" >"$made/$1.new"
  mv "$made/$1.new" "schema/$2"
}
schema graphql schema.graphql
schema facts facts.schema.json
schema config config.json
schema prepared-report prepared-report.schema.json
schema compliance-report compliance-report.schema.json
scripts/npm-install.sh frontend
npm --prefix frontend run generate

changed=$({ diff <(printf '%s\n' "$before") <(hashes) || true; } | awk '/^[<>]/ { print $3 }' | sort -u)
[ -n "$changed" ] || { say "generated files: up to date" && exit 0; }
printf 'rewritten:\n%s\n' "$changed"
[ "${1:-}" != --check ] || die 'generated files were out of date; they are right now: look at them and commit them'
