# SPDX-License-Identifier: GPL-2.0-or-later
"""Unpack a bundle's libraries into a QGIS profile, where there is no window: unpack_bundle.py BUNDLE PROFILE.

Run it with the Python of QGIS: the libraries are chosen for the Python that runs this. It stands in the repository
and in every bundle, beside the plugin's zip.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(next(HERE.glob("plugin/*.zip"), HERE.parent)))  # Python imports from a zip, too

from landreview_plugin import environment  # noqa: E402
from landreview_plugin.environment_bundle import BundleError  # noqa: E402


def main(arguments: list[str]) -> int:
    """0 when the libraries lie in the profile."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    try:
        print(environment.unpack_bundle(Path(arguments[0]), Path(arguments[1])))
    except BundleError as error:
        print(f"{error.words.en}\n{error.words.zh}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
