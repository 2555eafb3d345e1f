#!/usr/bin/env bash
# test.sh: everything that must pass. Two lanes side by side (Rust; pages and chart) while the compiler is the bottleneck,
# then what needs both. A failing step does not hide the others; the last lines say what ran and what failed.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/steps.sh
. "$(dirname "$0")/steps.sh"

began=$SECONDS
export CARGO_TERM_COLOR=never NO_COLOR=1 RUSTDOCFLAGS='-D warnings'
# The same cases in every run, so that what lands does not hang on luck; who looks for new ones sets another number.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261125}
# More tests at once than cores: each waits for its database now and then, and by turns two of them would leave a fifth of the time unused.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$((2 * $(nproc)))}
export VARSEL_BIN=$target/debug/varsel CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

need_toolchain
# The server embeds this folder; it must be there before the pages are built.
mkdir -p frontend/dist

rust() {
  step 'rust: format' check cargo fmt --all --check
  step 'file sizes' figures node scripts/check-sizes.mjs
  step 'rust: lints' check cargo clippy --locked --workspace --all-targets -- -D warnings
  step 'scripts: lints' check shellcheck -x scripts/*.sh .ci/run
  step 'scripts: tests' node node --test scripts/test/
  step 'licences, bans, sources' figures node scripts/check-licences.mjs
  # --examples: features as for the tests, so that nothing is compiled for this alone.
  step 'rust: documentation' check cargo doc --locked --workspace --no-deps --lib --bins --examples
}
pages() {
  step 'frontend: packages' check scripts/npm-install.sh frontend
  step 'frontend: lint' check npm --prefix frontend run lint
  step 'frontend: types' check npm --prefix frontend run check
  step 'frontend: unit tests' vitest npm --prefix frontend test
  step 'frontend: build' check scripts/build-frontend.sh
  step 'frontend: budget' check npm --prefix frontend run budget
  step 'e2e: packages' check scripts/npm-install.sh e2e
  step 'e2e: types' check npm --prefix e2e run check
  step 'chart' plain scripts/test-chart.sh
}

step 'system packages' check scripts/install-test-packages.sh
# A proof that needs one of them is passed over nowhere where they were installed.
if grep -q '^0|0|0|system packages|' "$results"; then export VARSEL_TEST_REQUIRE_TOOLS=1; fi
pages &
lane=$!
trap 'kill "$lane" 2>/dev/null || true' EXIT
rust
wait "$lane"
trap - EXIT

# One build for tests, benches and the server, so that no crate is compiled twice with other features.
step 'rust: build' check cargo build --locked --workspace --all-targets
step 'generated files' check scripts/generate.sh --check
step 'documents' node node --test scripts/documents.test.mjs
scratch=$(scratch)
step 'rust: tests' cargo env TMPDIR="$scratch" scripts/with-postgres.sh cargo test --locked --workspace --no-fail-fast
step 'e2e: tests' playwright env TMPDIR="$scratch" scripts/with-postgres.sh npm --prefix e2e test

say "took $((SECONDS - began)) s"
summary
