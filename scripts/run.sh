#!/usr/bin/env bash
# run.sh: builds what has changed, then becomes the server, so that signals reach it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_toolchain
# The crates arrive while the pages are built; only those for this kind of machine.
cargo fetch --quiet --locked --target "$(rustc -vV | sed -n 's/^host: //p')" &
fetching=$!
scripts/build-frontend.sh
wait "$fetching"
cargo build --release --locked -p varsel-server

export VARSEL_HTTP__ADDRESS=127.0.0.1
export VARSEL_HTTP__PORT=${PORT:-8080}
exec "$target/release/varsel" serve --demo
