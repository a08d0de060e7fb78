#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Formatter, linters, type checker, import table, security scans.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
$python -m ruff format --check .
$python -m ruff check .
$python -m mypy
.venv/bin/lint-imports
$python -m bandit -q -c pyproject.toml -r landreview_plugin processing_scripts
found=$(.venv/bin/detect-secrets scan landreview_plugin processing_scripts datacenter tools --exclude-files '\.csv$' |
  $python -c 'import json, sys; print("\n".join(json.load(sys.stdin)["results"]))')
[ -z "$found" ] || { echo "possible secrets in: $found" >&2; exit 1; }
echo "lint: clean"
