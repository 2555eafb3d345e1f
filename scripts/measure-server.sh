#!/usr/bin/env bash
# measure-server.sh BINARY: starts BINARY twice with demo data in an empty folder; prints size, time to ready, idle memory.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

binary=$1
folder=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  server=
}
trap 'stop; rm -rf "$folder"' EXIT
port=$(free_port)

milliseconds() { date +%s%3N; }
start() {
  local began
  began=$(milliseconds)
  VARSEL_HTTP__PORT=$port "$binary" serve --demo --data "$folder" >"$made/logs/measure-server.log" 2>&1 &
  server=$!
  until curl -fsS -o /dev/null "http://127.0.0.1:$port/health/ready" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { cat "$made/logs/measure-server.log" && die "the server ended before it was ready"; }
    [ $(($(milliseconds) - began)) -lt 60000 ] || die "the server is not ready after 60 s"
    sleep 0.02
  done
  say "$1: ready after $(($(milliseconds) - began)) ms"
}

say "binary: $(($(stat -c %s "$binary") / 1024)) KiB"
start "first start (creates, migrates, loads demo data)"
stop
start "second start"
sleep 5 # idle: let the start's own work settle
say "idle memory: $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status") MiB resident"
