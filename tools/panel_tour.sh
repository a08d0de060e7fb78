#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Drive the panel in the real QGIS under Xvfb, in Chinese, from an empty profile to the opinion, and photograph it:
# panel_tour.sh [FOLDER FOR THE PICTURES]. Needs xvfb, a Chinese font, and what `make demo` has made.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
out=$(mkdir -p "${1:-$root/docs/images}" && cd "${1:-$root/docs/images}" && pwd)
work=/tmp/landreview-tour # a fixed place: it is read in the pictures
rm -rf "$work"
mkdir -p "$work/青岚县"
cp -r "$root/build/demo/county.gpkg" "$root/build/demo/catalogue.yaml" "$root/build/demo/txt" "$work/青岚县"
trap 'rm -rf "$work"' EXIT
# the plugin is installed and ticked, nothing else: the profile of a new user
mkdir -p "$work/profiles/default/QGIS"
printf '[PythonPlugins]\nlandreview_plugin=true\n[qgis]\ncheckVersion=false\nshowTips=false\n[locale]\noverrideFlag=true\nuserLocale=zh-Hans\n' \
  > "$work/profiles/default/QGIS/QGIS3.ini"
export TOUR_OUT="$out" TOUR_DEMO="$work/青岚县" TOUR_WORK="$work"
export QGIS_PLUGINPATH="$root/build/plugins" LANDREVIEW_LIBS="$root/build/libs" PYTHONUTF8=1
unset QT_QPA_PLATFORM QGIS_CUSTOM_CONFIG_PATH
xvfb-run -a -s "-screen 0 1366x768x24" timeout 240 qgis --nologo --noversioncheck --lang zh-Hans \
  --profiles-path "$work" --code "$here/panel_tour.py" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }
cat "$work/said" 2>/dev/null || true
