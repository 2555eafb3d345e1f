#!/usr/bin/env bash
# test-chart.sh: lints, renders and validates helm/varsel, with Helm's own library in a Python environment under .make/.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

environment=$made/chart-python
new_environment() {
  rm -rf "$environment"
  # Debian's own Python: another one in PATH may come without venv.
  /usr/bin/python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r helm/test/requirements.txt
}
[ -x "$environment/bin/python" ] || rm -f "$made/chart-packages"
when_changed chart-packages "$(digest helm/test/requirements.txt)" new_environment
exec "$environment/bin/python" helm/test/test_chart.py
