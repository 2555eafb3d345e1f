#!/usr/bin/env bash
# npm-install.sh FOLDER: `npm ci` in FOLDER, unless what is there already came from the same lock file.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

folder=$1
[ -f "$folder/package-lock.json" ] || die "$folder/package-lock.json is missing"
[ -d "$folder/node_modules" ] || rm -f "$made/$folder-packages"
packages=$(digest "$folder/package.json" "$folder/package-lock.json")
# Not --prefix: it would also hide the machine's own npm settings, such as its certificates.
cd "$folder"
when_changed "$folder-packages" "$packages-$(node -v)" npm ci --no-audit --no-fund
