# SPDX-License-Identifier: GPL-2.0-or-later
"""``make doctor``: what is installed, what is missing, how to mend it. Run by the Python of QGIS."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin import environment  # noqa: E402


def main() -> int:
    """Print the check; 1 when the plugin can't do its main job."""
    profile = Path(os.environ.get("QGIS_CUSTOM_CONFIG_PATH") or ROOT / "build" / "profile")
    environment.add_libraries(profile)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    report = environment.report_text("zh" if spoken.startswith("zh") else "en", profile)
    sys.stdout.write(report + "\n")
    return 1 if "MISS" in {line[:4] for line in report.splitlines()} else 0


if __name__ == "__main__":
    sys.exit(main())
