#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Install what is missing and nothing else: setup.sh run | test
# A second run finds everything, changes nothing and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=/usr/bin/python3
PACKAGES=(qgis python3-qgis qgis-providers python3-numpy python3-yaml python3-requests python3-lxml python3-venv
  python3-pip qttools5-dev-tools)
BACKPORTS=/etc/apt/sources.list.d/landreview-backports.list

fail() { echo "LandReview: $*" >&2; exit 1; }
installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
version_of() { dpkg-query -W -f='${Version}' "$1" 2>/dev/null || true; }
new_enough() { dpkg --compare-versions "$(version_of qgis)" ge 1:3.40~ || dpkg --compare-versions "$(version_of qgis)" ge 3.40~; }

# shellcheck disable=SC1091
. /etc/os-release 2>/dev/null || ID=unknown
case "${ID:-}:${VERSION_ID:-}" in
  debian:12 | debian:13) ;;
  *)
    command -v qgis_process >/dev/null || fail "this script installs on Debian 12 and 13 only. Here, install by hand:
  QGIS 3.40 or newer with its Python bindings (https://qgis.org/download), Python 3.11 or newer with venv and pip,
  and lrelease (Qt's linguist tools). Then run this again."
    ;;
esac

missing=()
if command -v dpkg-query >/dev/null; then
  for package in "${PACKAGES[@]}"; do installed "$package" || missing+=("$package"); done
  if installed qgis && ! new_enough; then missing+=(qgis python3-qgis qgis-providers); fi
fi

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "root or sudo is needed to install: ${missing[*]}"
    as_root=(sudo)
  fi
  suite=()
  echo "LandReview changes this machine:"
  if [ "${VERSION_ID:-}" = 12 ]; then
    suite=(-t bookworm-backports)
    if ! grep -rqs bookworm-backports /etc/apt/sources.list /etc/apt/sources.list.d; then
      # the address that this machine already uses for Debian, in either format of apt's lists
      address=$( (grep -hsE '^URIs:' /etc/apt/sources.list.d/*.sources | awk '{print $2}'
        grep -hsE '^deb ' /etc/apt/sources.list /etc/apt/sources.list.d/*.list | sed -E 's/\[[^]]*\] *//' | awk '{print $2}') |
        grep -E 'debian/?$' | head -n 1)
      [ -n "$address" ] || fail "no Debian archive found in apt's lists"
      echo "  a new apt source: $BACKPORTS (QGIS 3.40 is in bookworm-backports)"
      echo "deb $address bookworm-backports main" | "${as_root[@]}" tee "$BACKPORTS" >/dev/null
    fi
  fi
  echo "  apt packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${suite[@]}" "${missing[@]}"
  new_enough || fail "QGIS 3.40 or newer is needed; apt gave $(version_of qgis)"
fi

# install a list of wheels into a folder (or a venv) once for each state of the list
wheels() { # STAMP LIST... -- PIP...
  local stamp=$1; shift
  local lists=()
  while [ "$1" != -- ]; do lists+=("$1"); shift; done; shift
  local hash
  hash=$(cat "${lists[@]}" | sha256sum | cut -c1-16)-$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && return
  echo "LandReview installs Python packages ($(basename "$(dirname "$stamp")")), without touching the system's"
  local arguments=()
  for list in "${lists[@]}"; do arguments+=(-r "$list"); done
  "$@" "${arguments[@]}"
  echo "$hash" >"$stamp"
}

mkdir -p build/libs
wheels build/libs/.stamp requirements/runtime.txt -- "$PYTHON" -m pip install -q --no-deps --upgrade --target build/libs --disable-pip-version-check

if [ "${1:-run}" = test ]; then
  [ -x .venv/bin/python ] || "$PYTHON" -m venv --system-site-packages .venv
  wheels .venv/.stamp requirements/runtime.txt requirements/test.txt -- .venv/bin/python -m pip install -q --no-deps --disable-pip-version-check
fi
