#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# For cron: 30 1 * * * /opt/landreview/processing_scripts/batch_review.sh --manifest … --catalogue … --output …
# In a checkout of the project it finds the built plugin by itself; elsewhere set QGIS_PLUGINPATH or use a profile.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ -d "$here/../build/plugins/landreview_plugin" ] && [ -z "${QGIS_PLUGINPATH:-}" ]; then
  # shellcheck disable=SC1091
  . "$here/../tools/env.sh"
fi
export PATH="$PATH:/usr/local/bin:/usr/bin:/bin" # cron's is short
exec nice -n 10 /usr/bin/python3 "$here/batch_review.py" "$@"
