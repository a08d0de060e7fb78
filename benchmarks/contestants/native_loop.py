# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain loop of QGIS's native:intersection, one hand-in after the other in one started QGIS: FOLDER N REFERENCE.

Prints the seconds of each case, one a line; start-up is not counted.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append("/usr/share/qgis/python/plugins")

from processing.core.Processing import Processing
from qgis import processing
from qgis.core import QgsApplication, QgsVectorLayer


def main(folder: str, count: str, reference: str) -> None:
    """The reference is opened once; native:intersection indexes it anew each time."""
    application = QgsApplication([], False)
    application.initQgis()
    Processing.initialize()
    overlay = QgsVectorLayer(f"{reference}|layername=DLTB", "DLTB", "ogr")
    for path in sorted(Path(folder).glob("*.gpkg"))[: int(count)]:
        begin = time.perf_counter()
        given = {"INPUT": str(path), "OVERLAY": overlay, "OUTPUT": "memory:"}
        processing.run("native:intersection", given)
        sys.stdout.write(f"{time.perf_counter() - begin:.4f}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
