#!/usr/bin/env bash
# with-postgres.sh COMMAND...: runs COMMAND with a PostgreSQL of its own: a new cluster in a temporary folder, on a free
# port, gone afterwards. COMMAND finds it in VARSEL_TEST_POSTGRES_URL; the role there may create databases and is bound by
# row-level security, as the server's must be. VARSEL_TEST_POSTGRES_SUPERUSER_URL names one that is not. Beside it are the roles of an
# installation with separate duties: varsel_server, varsel_eraser, and varsel_backup, which reads everything.
# POSTGRES_SETTINGS has further settings, for benchmarks: POSTGRES_SETTINGS="-c autovacuum=on".
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

programs=$({ find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null || true; } | sort -V | tail -n 1)
[ -n "$programs" ] || die "PostgreSQL is missing: apt-get install postgresql"
folder=$(mktemp -d "${TMPDIR:-/tmp}/varsel-postgres.XXXXXX")

# PostgreSQL refuses to run as root; its package brings a user for it.
as_owner() (
  cd "$folder"
  if [ "$(id -u)" = 0 ]; then exec runuser -u postgres -- "$@"; else exec "$@"; fi
)
stop() {
  [ ! -f "$folder/data/postmaster.pid" ] || as_owner "$programs/pg_ctl" -s -D "$folder/data" -m immediate stop || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

[ "$(id -u)" != 0 ] || chown postgres "$folder"
port=$(free_port)
as_owner "$programs/initdb" -D data -U superuser --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$made/logs/postgres-initdb.log"
# Nothing here outlives the tests, so durability may go. A vacuum would hold a database that its owner is about to drop.
settings="-p $port -c unix_socket_directories= -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off ${POSTGRES_SETTINGS:-}"
as_owner "$programs/pg_ctl" -s -w -D data -l "$folder/log" -o "$settings" start

as_owner "$programs/psql" -qX -h 127.0.0.1 -p "$port" -U superuser -d postgres \
  -c 'CREATE ROLE varsel_eraser NOLOGIN' \
  -c 'CREATE ROLE varsel LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE IN ROLE varsel_eraser, pg_signal_backend' \
  -c 'CREATE ROLE varsel_server LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE' \
  -c 'CREATE ROLE varsel_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data'
export VARSEL_TEST_POSTGRES_SUPERUSER_URL=postgres://superuser@127.0.0.1:$port/postgres
export VARSEL_TEST_POSTGRES_URL=postgres://varsel@127.0.0.1:$port/postgres
export VARSEL_TEST_REQUIRE_POSTGRES=1
"$@"
