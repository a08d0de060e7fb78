#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# All tests on the QGIS of the machine, without a screen: test.sh [oldest] [pytest's arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.venv
if [ "${1:-}" = oldest ]; then venv=.venv-oldest && shift; fi
export QT_QPA_PLATFORM=offscreen PYTHONUTF8=1
exec "$venv/bin/python" -m pytest "$@" </dev/null
