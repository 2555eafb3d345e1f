#!/usr/bin/env bash
# build-frontend.sh: frontend/dist from frontend/ and the GraphQL schema; nothing to do when neither has changed.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/npm-install.sh frontend
[ -f frontend/dist/index.html ] || rm -f "$made/frontend-build"
when_changed frontend-build "$(digest frontend schema/schema.graphql)" npm --prefix frontend run build
