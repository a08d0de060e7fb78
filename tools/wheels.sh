# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Python packages in a folder of their own, for setup.sh: needs $python and fail.
# A virtual environment knows its own path, so it can't be built beside and moved: what was there steps aside, and
# comes back when pip fails, when the run is interrupted, and, after a power cut, at the next run.

put_back() { # FOLDER: what was there before an unfinished run
  [ -e "$1.before" ] || return 0
  if [ ! -e "$1/.stamp" ]; then rm -rf "$1" && mv "$1.before" "$1"; else rm -rf "$1.before"; fi
}

wheels() { # STAMP-FOLDER LIST... -- PIP-COMMAND...: once for each state of the lists and Python
  local folder=$1 lists=() arguments=() state
  shift
  while [ "$1" != -- ]; do lists+=("$1") && arguments+=(-r "$1") && shift; done
  shift
  put_back "$folder"
  state=$(cat "${lists[@]}" | sha256sum | cut -c1-16)-$(readlink -f "$python")
  [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$state" ] && return
  echo "LandReview puts Python packages into $folder (the system's own stay as they are)"
  # shellcheck disable=SC2064  # the folder as it is now
  trap "put_back '$folder'" EXIT
  if [ -e "$folder" ]; then mv "$folder" "$folder.before"; fi
  case $folder in
    .venv*) "$python" -m venv --system-site-packages "$folder" ;;
    *) mkdir -p "$folder" ;;
  esac
  # never another numpy: osgeo.gdal_array is compiled against the system's
  "$@" -q --no-deps "${arguments[@]}" </dev/null || fail "pip could not install ${lists[*]}; why stands above.
What was in $folder stays as it was. pip needs an index or a folder of wheels (PIP_FIND_LINKS) this once: mend that, then run this again."
  echo "$state" >"$folder/.stamp"
  put_back "$folder"
  trap - EXIT
}
