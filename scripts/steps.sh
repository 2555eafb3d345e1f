# shellcheck shell=bash
# The steps of `make test`: run one, count what it ran, sum up. To be sourced after lib.sh.
results=${made:?source lib.sh first}/results
# How long a step may take: what hangs fails, instead of taking everything after it along.
longest=${STEP_LONGEST:-50m}
: >"$results"

# count KIND LOG: "passed failed skipped", read from the closing lines of the runner named KIND.
count() {
  awk -v kind="$1" '
    kind == "cargo" && /^test result:/ { passed += $4; failed += $6; skipped += $8 }
    kind == "node" && $2 == "pass" { passed += $3 }
    kind == "node" && ($2 == "fail" || $2 == "cancelled") { failed += $3 }
    kind == "node" && $2 == "skipped" { skipped += $3 }
    (kind == "vitest" && /^ *Tests +[0-9]/) ||
    (kind == "playwright" && /^ +[0-9]+ (passed|flaky|failed|interrupted|skipped|did not run)/) ||
    (kind == "plain" && /^[0-9]+ passed, [0-9]+ failed/) {
      for (i = 1; i < NF; i++) {
        if ($i !~ /^[0-9]+$/) continue
        if ($(i + 1) ~ /^(passed|flaky)/) passed += $i
        if ($(i + 1) ~ /^(failed|interrupted)/) failed += $i
        if ($(i + 1) ~ /^(skipped|did)/) skipped += $i
      }
    }
    END { print passed + 0, failed + 0, skipped + 0 }' "$2"
}

# unended LOG: the tests that cargo said were slow and that never ended.
unended() {
  awk '/^test .* has been running for over/ { slow[$2] = 1 } /^test .* \.\.\. / { delete slow[$2] } END { for (name in slow) print "did not end: " name }' "$1" | sort
}

# reason KIND LOG: what a reader needs of a failed output. Cargo goes on after a failed test, so its reasons stand far above the end.
reason() {
  local failures=
  if [ "$1" = cargo ]; then
    unended "$2"
    failures=$(awk '/^failures:$/ { on = 1 } /^stack backtrace:/ { deep = 1 } on && !deep; /^note: Some details|^$/ { deep = 0 } /^test result:/ { on = 0 }' "$2" | head -n 120)
  fi
  if [ -n "$failures" ]; then printf '%s\n' "$failures"; else tail -n 60 "$2"; fi
}

# step NAME KIND COMMAND...: runs COMMAND with its output in a log, shown when it fails. KIND names a runner whose tests
# are counted (cargo, node, vitest, playwright, plain; one that ran no test has failed), or is `check` (it passes or fails), or
# `figures` (a check whose last line is worth showing). Never stops the steps after it.
step() {
  local name=$1 kind=$2 began=$SECONDS status=0 passed failed skipped running note=
  local log=$made/logs/${name//[ :]/-}.log
  shift 2
  say "run   $name"
  timeout --kill-after=1m "$longest" "$@" >"$log" 2>&1 </dev/null &
  # It is a process group of its own, which no interrupt from the keyboard reaches.
  running=$!
  trap 'kill "$running"; exit 130' INT TERM
  wait "$running" || status=$?
  trap - INT TERM
  if [ "$status" = 124 ]; then printf 'stopped: not over within %s\n' "$longest" >>"$log"; fi
  read -r passed failed skipped < <(count "$kind" "$log")
  case $kind in
    check) ;;
    figures) note=": $(tail -n 1 "$log")" ;;
    *)
      note=": $passed passed, $failed failed, $skipped skipped"
      if [ "$status" = 0 ] && [ "$passed" = 0 ]; then status=1 note+=' (it ran no test)'; fi
      ;;
  esac
  if [ "$status" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  printf '%s|%s|%s|%s|%s\n' "$passed" "$failed" "$skipped" "$name" "$log" >>"$results"
  if [ "$failed" = 0 ]; then
    say "ok    $name, $((SECONDS - began)) s$note"
  else
    say "FAIL  $name, $((SECONDS - began)) s$note; of its output:"
    reason "$kind" "$log" | sed 's/^/      | /'
  fi
}

# summary: the closing lines; fails when anything failed or nothing ran.
summary() {
  local passed failed skipped
  read -r passed failed skipped < <(awk -F '|' '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$results")
  say ''
  awk -F '|' '$2 > 0 { print "failed: " $4 " (" $5 ")" }' "$results"
  say "$passed passed, $failed failed, $skipped skipped"
  say "make test: $passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
