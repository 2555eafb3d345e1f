#!/usr/bin/env bash
# audit.sh: attack suites that others wrote, against a server with demo data that this starts itself on this machine. Installs
# what it can; says what it could not. The report is a dated folder under .make/audit; what came of it is reviewed in docs/audit.md.
# MINUTES is the time for each of the long ones (5). VARSEL_BIN is the server to test; it is built when not given.
# shellcheck disable=SC2016  # variables of GraphQL and JavaScript, not of the shell
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

minutes=${MINUTES:-5}
tools=$made/audit/tools
report=$made/audit/$(date +%Y-%m-%d-%H%M)
mkdir -p "$report"

need_toolchain
install_packages sslscan openssl || say 'not installed: sslscan'
if [ -z "${VARSEL_BIN:-}" ]; then
  mkdir -p frontend/dist
  cargo build --locked -p varsel-server
  VARSEL_BIN=$target/debug/varsel
fi
scripts/npm-install.sh e2e

# From the machine's own registries, each pinned, in a folder of its own: none of them is part of the product.
python_tools=(schemathesis==4.32.5 wapiti3==3.1.8 greenlet humanize sqlmap==1.10.10)
install_tools() {
  install_packages python3 python3-venv
  [ -x "$tools/bin/python" ] || python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check "${python_tools[@]}"
}
when_changed audit-tools "${python_tools[*]}" install_tools || say 'not installed: the suites of PyPI'

data=$(mktemp -d)
port=$(free_port)
url=http://127.0.0.1:$port
VARSEL_HTTP__ADDRESS=127.0.0.1 VARSEL_HTTP__PORT=$port "$VARSEL_BIN" serve --demo --data "$data" >"$report/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 600); do
  if curl -fsS -o /dev/null "$url/health/ready" 2>/dev/null; then break; fi
  kill -0 "$server" 2>/dev/null || die "the server did not start: see $report/server.log"
  sleep 0.1
done

# cookie HANDLE: the session's cookie of a person of the demo.
cookie() {
  curl -fsS -o /dev/null -D - -H 'content-type: application/json' -d "{\"person\":\"$1\"}" "$url/demo/sign-in" |
    sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p'
}

# suite NAME COMMAND...: runs it with its output in the report, and puts down how it ended.
suite() {
  local name=$1 began=$SECONDS status=0
  shift
  say "run   $name"
  "$@" >"$report/$name.log" 2>&1 </dev/null || status=$?
  local told
  told=$(grep -aE '[0-9] generated|suites accepted|appear to be injectable|kinds of findings|[0-9] ok,' "$report/$name.log" | tail -n 1) || told=""
  printf '%-28s exit %s, %s s, %s\n' "$name" "$status" "$((SECONDS - began))" "${told:0:110}" | tee -a "$report/summary.txt"
}

fuzz() {
  local as=(-H "Cookie: $(cookie "$1")")
  SCHEMATHESIS_HOOKS=schemathesis_hooks PYTHONPATH=$root/scripts/audit "$tools/bin/schemathesis" run "$url/graphql" "${as[@]}" \
    --max-time "$((minutes * 60))" --max-examples 400 --checks planned_errors_only --phases fuzzing --mode all \
    --suppress-health-check all --continue-on-failure --no-color --generation-database none
}

# inject HANDLE DOCUMENT VARIABLES: SQL in the place of the asterisk.
inject() {
  timeout "$((minutes * 60))" "$tools/bin/sqlmap" -u "$url/graphql" --method POST -H 'Content-Type: application/json' --cookie "$(cookie "$1")" \
    --data "{\"query\":\"$2\",\"variables\":$3}" --batch --disable-coloring --level 3 --risk 2 --technique BEU --flush-session \
    --output-dir "$report/sqlmap" --ignore-code 400 --skip-urlencode --answers 'JSON data=Y,custom injection marker=Y,URL encode=N'
}

# not_injectable HANDLE DOCUMENT VARIABLES: fails when sqlmap found a way in; it exits with 0 either way.
not_injectable() {
  local found
  found=$(inject "$@" 2>&1) || true
  printf '%s\n' "$found"
  grep -q 'do not appear to be injectable' <<<"$found"
}

crawl() {
  local starts=(-s "$url/queue/sektorcert?text=x" -s "$url/law/2026.1" -s "$url/report?incident=x" -s "$url/demo/people")
  "$tools/bin/wapiti" -u "$url/" "${starts[@]}" --scope domain -H "Cookie: $(cookie officer-sektorcert)" --flush-session --no-bugreport \
    -m csp,cookieflags,http_headers,methods,xss,permanentxss,sql,timesql,crlf,file,redirect,exec,backup,htaccess \
    --max-scan-time "$((minutes * 60))" -f json -o "$report/wapiti.json"
  node -e 'const found = Object.entries(JSON.parse(require("fs").readFileSync(process.argv[1])).vulnerabilities).filter(([, all]) => all.length)
    for (const [kind, all] of found) console.log(`${kind}: ${all.map((each) => each.info).join("; ")}`)
    console.log(`${found.length} kinds of findings`)
    process.exit(found.length ? 1 : 0)' "$report/wapiti.json"
}

suite graphql-http node scripts/audit/graphql-http.mjs "$url/graphql"
if [ -x "$tools/bin/schemathesis" ]; then
  for person in reporter-energy officer-sektorcert administrator; do suite "schemathesis-$person" fuzz "$person"; done
fi
if [ -x "$tools/bin/sqlmap" ]; then
  suite sqlmap-incident not_injectable reporter-energy 'query($id: ID!) { incident(id: $id) { number } }' '{"id":"*"}'
  suite sqlmap-search not_injectable officer-sektorcert \
    'query($text: String) { cases(unit: \"sektorcert\", filter: { text: $text }) { totalCount } }' '{"text":"*"}'
  suite sqlmap-page not_injectable reporter-energy 'query($after: String) { incidents(after: $after) { totalCount } }' '{"after":"*"}'
  suite sqlmap-version not_injectable administrator 'query($version: String!) { packVersion(version: $version) { version } }' \
    '{"version":"*"}'
fi
if [ -x "$tools/bin/wapiti" ]; then suite wapiti crawl; fi

# scan: the suites and versions that a server of its own with TLS offers; fails on any but TLS 1.2 with forward secrecy and
# authenticated encryption, and TLS 1.3.
scan() {
  local tls_data tls_port status=0
  tls_data=$(mktemp -d)
  tls_port=$(free_port)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$tls_data/key.pem" -out "$tls_data/certificate.pem"
  VARSEL_HTTP__ADDRESS=127.0.0.1 VARSEL_HTTP__PORT=$tls_port VARSEL_HTTP__PUBLIC_URL=https://localhost:$tls_port \
    VARSEL_TLS__CERTIFICATE=$tls_data/certificate.pem VARSEL_TLS__KEY=$tls_data/key.pem \
    "$VARSEL_BIN" serve --demo --data "$tls_data" >"$report/tls-server.log" 2>&1 &
  local tls_server=$!
  for _ in $(seq 600); do
    if curl -fsS -o /dev/null --cacert "$tls_data/certificate.pem" "https://localhost:$tls_port/health/ready" 2>/dev/null; then break; fi
    sleep 0.1
  done
  sslscan --no-colour --show-certificate "localhost:$tls_port" | tee "$report/sslscan.txt"
  kill "$tls_server"
  wait "$tls_server" || true
  rm -rf "$tls_data"
  # What it accepted, and what it must not have: each line is one suite that the server took.
  local accepted
  accepted=$(grep -E '^(Preferred|Accepted) ' "$report/sslscan.txt")
  grep -q 'TLSv1.3' <<<"$accepted" && grep -q 'TLSv1.2' <<<"$accepted" || status=1
  if grep -vE 'TLSv1\.3 +[0-9]+ bits +TLS_|TLSv1\.2 +[0-9]+ bits +ECDHE-[A-Z]+-(AES(128|256)-GCM|CHACHA20)' <<<"$accepted"; then status=1; fi
  if grep -E '^(SSLv2|SSLv3|TLSv1\.0|TLSv1\.1) +enabled' "$report/sslscan.txt"; then status=1; fi
  if grep -E 'vulnerable' "$report/sslscan.txt" | grep -v 'not vulnerable'; then status=1; fi
  printf '%s suites accepted\n' "$(wc -l <<<"$accepted")"
  return "$status"
}
if command -v sslscan >/dev/null; then suite sslscan scan; fi
curl -fsS -o /dev/null "$url/health/ready" || die 'the server did not survive'
say 'the server lives' | tee -a "$report/summary.txt"
grep -c 'a use case failed' "$report/server.log" | sed 's/$/ faults in its log/' | tee -a "$report/summary.txt" || true
say "report: $report"
