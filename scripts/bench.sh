#!/usr/bin/env bash
# bench.sh: the benchmarks of the crates, then the server itself. The figures in docs/benchmarks.md come from here.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_toolchain
scripts/build-frontend.sh
say "machine: $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), $(awk -F ': ' '/model name/ { print $2; exit }' /proc/cpuinfo)"
say "commit:  $(git rev-parse --short HEAD), $(rustc --version)"
cargo bench --locked --workspace --bench '*'
cargo build --release --locked -p varsel-server
scripts/measure-server.sh "$target/release/varsel"
