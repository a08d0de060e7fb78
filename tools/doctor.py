# SPDX-License-Identifier: GPL-2.0-or-later
"""``make doctor``: what is installed, what is missing, how to mend it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin import environment  # noqa: E402

environment.add_libraries(Path(os.environ.get("QGIS_CUSTOM_CONFIG_PATH", ROOT / "build" / "profile")))
print(environment.report_text("zh" if os.environ.get("LANG", "").startswith("zh") else "en"))
sys.exit(1 if environment.missing() else 0)
