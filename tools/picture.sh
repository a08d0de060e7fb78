#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Photograph a result in the real QGIS under Xvfb: picture.sh RESULT.gpkg COUNTY.gpkg OUT.png [PARCEL]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export PICTURE_RESULT="$1" PICTURE_COUNTY="$2" PICTURE_OUT="$3" PICTURE_PARCEL="${4:-}"
unset QT_QPA_PLATFORM
exec xvfb-run -a -s "-screen 0 1366x768x24" timeout 120 qgis --nologo --noversioncheck --lang zh_CN \
  --profiles-path "$(mktemp -d)" --code "$here/picture.py"
