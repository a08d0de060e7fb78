# SPDX-License-Identifier: GPL-2.0-or-later
"""`make verify`: the engine's areas against exact arithmetic, on the oracles and a made-up county.

Exit status 1 when any piece differs by more than 0.01 m².
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.geodesy.area import planar_areas  # noqa: E402
from landreview_plugin.core.overlay.engine import overlay  # noqa: E402
from landreview_plugin.core.overlay.second import verify  # noqa: E402
from landreview_plugin.sources.crs import parse_crs  # noqa: E402
from landreview_plugin.sources.reference import open_reference  # noqa: E402

ORACLES = ROOT / "tests" / "data" / "oracle"
LAYERS = ("DLTB", "YJJBNT", "STBHHX", "CZKFBJ", "GHYT", "CKQ")
EVERYWHERE = np.array([[-1e9, -1e9, 1e9, 1e9]])
MAX_VERTICES = 400
"""Larger parcels are left out: exact arithmetic takes minutes for them."""


def main() -> int:
    """Verify every layer, with geometry and without; say what was compared."""
    wrong = 0
    for path in sorted(ORACLES.glob("*.gpkg")):
        crs = parse_crs("EPSG:4526")
        parcels = open_reference(f"{path.name}|layername=SQDK", base=path.parent, target=crs)
        shapes = np.concatenate([batch.geometries for batch in parcels.batches(EVERYWHERE, ())])
        shapes = np.array([shape for shape in shapes if _vertices(shape) <= MAX_VERTICES], dtype=object)
        for layer in LAYERS if path.stem != "basic" else LAYERS[:3]:
            reference = open_reference(f"{path.name}|layername={layer}", base=path.parent, target=crs)
            for keep_geometry in (False, True):
                found = overlay(shapes, reference, measure=planar_areas, keep_geometry=keep_geometry)
                differences = verify(found, shapes, reference)
                wrong += len(differences)
                road = "with geometry" if keep_geometry else "areas only"
                sys.stdout.write(
                    f"{path.stem} {layer} {road}: {len(shapes)} parcels, {len(found.fid)} pieces, "
                    f"{len(differences)} differ by more than 0.01 m²\n"
                )
                for difference in differences:
                    sys.stdout.write(f"  {difference}\n")
    return 1 if wrong else 0


def _vertices(shape: object) -> int:
    return int(shapely.get_num_coordinates(shape))


if __name__ == "__main__":
    sys.exit(main())
