#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Install what is missing and nothing else: setup.sh run|test|oldest
# Says first what it will change. A second run finds everything, changes nothing and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."
python=/usr/bin/python3 # the Python of QGIS; python3 on PATH may be another
wanted=(qgis python3-qgis qgis-providers python3-numpy python3-yaml python3-requests python3-lxml python3-venv
  python3-pip qttools5-dev-tools fonts-noto-cjk)
backports=/etc/apt/sources.list.d/landreview-backports.list
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

fail() {
  echo "LandReview: $*" >&2
  exit 1
}

version_of() { # installed version of a package without its epoch; empty when it is not installed
  dpkg-query -W -f='${db:Status-Status} ${Version}' "$1" 2>/dev/null | sed -nE 's/^installed ([0-9]+:)?//p'
}

# shellcheck source=tools/wheels.sh
. tools/wheels.sh

new_enough() { dpkg --compare-versions "$(version_of qgis)" ge 3.40~; }

missing_packages() {
  local package
  for package in "${wanted[@]}"; do [ -n "$(version_of "$package")" ] || echo "$package"; done
  if [ -n "$(version_of qgis)" ] && ! new_enough; then printf '%s\n' qgis python3-qgis qgis-providers; fi
}

debian_source() { # "[options] address" of the archive that this machine uses for bookworm, from either list format
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    awk -v RS='' '/(^|\n)Types:[^\n]*deb/ && /(^|\n)Suites:[^\n]*bookworm([ \n]|$)/' "$file" |
      sed -nE 's/^URIs:[[:space:]]*([^[:space:]]+).*/\1/p'
  done
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
    sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+)[[:space:]]+bookworm[[:space:]].*/\1\2/p'
}

need_rights() { # COMMAND-FOR-AN-ADMINISTRATOR: sets root; sudo may ask for the password where there is a terminal
  root=()
  [ "$(id -u)" = 0 ] && return
  root=(sudo)
  command -v sudo >/dev/null && { sudo -n true || sudo -v; } 2>/dev/null && return
  fail "packages are missing and you may not install any: ask an administrator to run, as root, \"$1\"; then run this again."
}

install_packages() { # PACKAGE...
  local root suite=() line="" command
  if [ "$VERSION_ID" = 12 ]; then
    suite=(-t bookworm-backports)
    if ! grep -rqsE '^[^#]*bookworm-backports' /etc/apt/sources.list /etc/apt/sources.list.d; then
      line=$(debian_source | sed -n 1p)
      [ -n "$line" ] || fail "apt's lists name no archive for bookworm: add one, then run this again"
      line="deb $line bookworm-backports main"
    fi
  fi
  command="apt-get update && apt-get install -y --no-install-recommends ${suite[*]}${suite:+ }$*"
  need_rights "${line:+echo '$line' > $backports && }$command"
  echo "LandReview is going to change this machine:"
  if [ -n "$line" ]; then echo "  new apt source, for QGIS 3.40: $line ($backports)"; fi
  echo "  apt packages: $*"
  if [ -n "$line" ]; then echo "$line" | "${root[@]}" tee "$backports" >/dev/null; fi
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 "${suite[@]}" "$@" </dev/null >build/apt.log 2>&1 ||
    { tail -n 20 build/apt.log >&2; fail "apt could not install the packages: see build/apt.log"; }
  new_enough || fail "QGIS 3.40 or newer is needed; apt gave $(version_of qgis)"
}

has_postgis() { # the server's programs and the extension, of any release
  compgen -G '/usr/lib/postgresql/*/bin/initdb' && compgen -G '/usr/share/postgresql/*/extension/postgis.control'
} >/dev/null

check_other_system() { # not Debian 12 or 13: say what is missing, install nothing
  local lacks=()
  command -v qgis_process >/dev/null || lacks+=("QGIS 3.40 or newer with qgis_process: see qgis.org, Download")
  "$python" -c 'import sys; assert sys.version_info >= (3, 11)' 2>/dev/null || lacks+=("Python 3.11 or newer as $python")
  "$python" -c 'import qgis.core as q; assert q.Qgis.versionInt() >= 34000' 2>/dev/null ||
    lacks+=("QGIS's Python bindings (3.40 or newer) for $python: package python3-qgis")
  "$python" -c 'import numpy, yaml, requests, lxml' 2>/dev/null ||
    lacks+=("numpy, PyYAML, requests and lxml for $python: packages python3-numpy python3-yaml python3-requests python3-lxml")
  "$python" -c 'import venv, ensurepip, pip' 2>/dev/null || lacks+=("venv and pip for $python: packages python3-venv python3-pip")
  "$python" tools/build.py --find-lrelease >/dev/null 2>&1 || lacks+=("lrelease of Qt: package qttools5-dev-tools or qt6-l10n-tools")
  [ ${#lacks[@]} = 0 ] && return
  fail "this system is not Debian 12 or 13, so nothing is installed by itself. Missing here:
$(printf '  - %s\n' "${lacks[@]}")
Install that, then run this again."
}

ID=unknown VERSION_ID=unknown
# shellcheck disable=SC1091
[ -r /etc/os-release ] && . /etc/os-release
mkdir -p build
case "$ID:${VERSION_ID:-testing}" in
  debian:12 | debian:13)
    mapfile -t lacking < <(missing_packages)
    # tests run a private PostgreSQL of their own and touch no other
    [ "${1:-run}" = run ] || has_postgis || lacking+=(postgresql-postgis)
    # qgis_process does not see .venv, and seals sticks in the tests
    [ "${1:-run}" = run ] || "$python" -c 'import cryptography' 2>/dev/null || lacking+=(python3-cryptography)
    [ ${#lacking[@]} = 0 ] || install_packages "${lacking[@]}"
    ;;
  *) check_other_system ;;
esac
wheels build/libs requirements/runtime.txt -- "$python" -m pip install --target build/libs
case "${1:-run}" in
  test)
    wheels .venv requirements/{runtime,batch,datacenter,test,datacenter-test}.txt -- .venv/bin/python -m pip install
    ;;
  oldest) wheels .venv-oldest requirements/oldest.txt requirements/test.txt -- .venv-oldest/bin/python -m pip install ;;
esac
