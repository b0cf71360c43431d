# A PostgreSQL of the bench's own, with its usual settings, on a Unix socket: sourced by the scripts beside it.
# postgres_start FOLDER; postgres_make NAME; postgres_copy NAME COPY; postgres_address NAME; postgres_bytes NAME; postgres_stop

postgres_as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; else "$@"; fi; }

postgres_start() {
  postgres_home=$1
  postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$postgres_bin" ] || { echo "PostgreSQL is not here: scripts/tools.sh test"; exit 2; }
  mkdir -p "$postgres_home"
  if [ "$(id -u)" = 0 ]; then
    chown postgres:postgres "$postgres_home"
    chmod 755 "$(dirname "$postgres_home")"
  fi
  postgres_as "$postgres_bin/initdb" -D "$postgres_home/data" -U treem -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  postgres_as "$postgres_bin/pg_ctl" -D "$postgres_home/data" -w -l "$postgres_home/log" \
    -o "-k $postgres_home -c listen_addresses='' -c max_wal_size=4GB" start >/dev/null
}

postgres_ask() { "$postgres_bin/psql" -h "$postgres_home" -U treem -d "${2:-postgres}" -Atqc "$1"; }
postgres_make() { postgres_ask "create database $1"; }
postgres_copy() { postgres_ask "create database $2 template $1"; }
postgres_address() { echo "postgres:///$1?host=$postgres_home&user=treem"; }
postgres_bytes() { postgres_ask "select pg_database_size('$1')"; }
postgres_stop() {
  [ -z "${postgres_home:-}" ] || postgres_as "$postgres_bin/pg_ctl" -D "$postgres_home/data" -m immediate stop >/dev/null 2>&1 || true
}
