# SPDX-License-Identifier: GPL-2.0-or-later
"""What loading the plugin adds to the start of QGIS: import, classFactory, provider. Prints milliseconds.

Needs QGIS's Python: python benchmarks/loading.py
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qgis.utils
from qgis.core import QgsApplication

LIMIT_MS = 100.0


def main() -> int:
    """Load the plugin once in a started QGIS; exit 1 when it takes longer than the limit."""
    application = QgsApplication([], False)
    application.initQgis()
    qgis.utils.iface = None
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    wall, cpu = time.perf_counter(), time.process_time()
    import landreview_plugin

    plugin = landreview_plugin.classFactory(None)
    plugin.initProcessing()
    wall, cpu = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
    sys.stdout.write(f"loading adds {wall:.0f} ms ({cpu:.0f} ms of processor time); limit {LIMIT_MS:.0f} ms\n")
    sys.stdout.write(f"heavy modules imported: {sorted({'shapely', 'pydantic', 'numpy'} & set(sys.modules))}\n")
    sys.stdout.flush()
    status = 0 if cpu < LIMIT_MS else 1
    os._exit(status)  # leaving QGIS in order is not what is measured, and providers without a window may crash in it


if __name__ == "__main__":
    main()
