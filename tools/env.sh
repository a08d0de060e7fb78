#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The environment in which qgis_process finds the built plugin and its packages.
# Sourced it exports; called with "print" it writes the exports for any shell: eval "$(make -s env)"
_landreview_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
_landreview_env=(
  "QGIS_PLUGINPATH=$_landreview_root/build/plugins"
  "QGIS_CUSTOM_CONFIG_PATH=$_landreview_root/build/profile"
  "LANDREVIEW_LIBS=$_landreview_root/build/libs"
  "QT_QPA_PLATFORM=offscreen"
  "PYTHONUTF8=1"
)
if [ "${1:-}" = print ]; then
  for _landreview_item in "${_landreview_env[@]}"; do
    # single quotes are understood by every shell, also around Chinese and spaces
    _landreview_value=${_landreview_item#*=}
    printf "export %s='%s'\n" "${_landreview_item%%=*}" "${_landreview_value//\'/\'\\\'\'}"
  done
else
  export "${_landreview_env[@]}"
fi
