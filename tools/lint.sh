#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Formatter, linters, type checker, import table; then what plugins.qgis.org runs, on the built plugin.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
built=build/plugins/landreview_plugin
failed=()

check() { # NAME COMMAND...: run all of them, then say which failed
  local name=$1
  shift
  if "$@" >build/lint.log 2>&1; then
    echo "  ok    $name"
  else
    echo "  FAIL  $name"
    cat build/lint.log
    failed+=("$name")
  fi
}

no_secrets() {
  "$bin/detect-secrets" scan --all-files --no-verify "$built" >build/secrets.json || return 1
  "$bin/python" - <<'EOP'
import json, pathlib, sys

found = json.loads(pathlib.Path("build/secrets.json").read_text(encoding="utf-8"))["results"]
for path, secrets in found.items():
    print(*(f"{path}:{secret['line_number']} {secret['type']}" for secret in secrets), sep="\n")
sys.exit(bool(found))
EOP
}

check "ruff format" "$bin/ruff" format --check --quiet .
check "ruff" "$bin/ruff" check --quiet .
check "mypy --strict core" "$bin/python" -m mypy
check "import table" "$bin/lint-imports"
check "flake8 on the build" "$bin/python" -m flake8 --max-line-length 120 --extend-ignore E203,W503,E501,QGS105,QGS202 "$built"
check "bandit on the build" "$bin/python" -m bandit -q -r "$built" -c pyproject.toml
check "detect-secrets on the build" no_secrets
[ ${#failed[@]} = 0 ] || {
  echo "lint: ${#failed[@]} failed: ${failed[*]}" >&2
  exit 1
}
echo "lint: clean"
