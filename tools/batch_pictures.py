# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of a batch's page for the guide: every application of the demo county as a case, photographed by Chromium.

Run it after `make demo` with the Python of .venv; it needs the program chromium.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

from osgeo import ogr

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.model.base import Language  # noqa: E402
from landreview_plugin.core.progress import Silent  # noqa: E402
from landreview_plugin.jobs.batch import Batch, run_batch  # noqa: E402
from landreview_plugin.jobs.manifest import of_folder  # noqa: E402
from landreview_plugin.jobs.review_job import ReviewJob  # noqa: E402

DEMO, WORK = ROOT / "build" / "demo", ROOT / "build" / "pictures"
IMAGES = ROOT / "docs" / "images"
SHOWN = {"batch-summary.png": (), "batch-summary-dark.png": ("--blink-settings=preferredColorScheme=0",)}


def main() -> None:
    """Review, then photograph the page in light and dark."""
    shutil.rmtree(WORK, ignore_errors=True)
    hand_ins(WORK / "in")
    at = dt.date(2026, 9, 1)
    job = ReviewJob("", str(DEMO / "catalogue.yaml"), "CZPC", at, profile="demo")
    cases = of_folder(WORK / "in", business_type="CZPC", reference_date=at)
    cases = tuple(
        dataclasses.replace(case, project=f"青岚县2026年第{i}批次", reference_date=dt.date(2026, 7 + i % 6, 1))
        for i, case in enumerate(cases, 1)
    )
    run_batch(Batch(cases, job, WORK / "out", ("gpkg", "json", "xlsx", "docx"), Language.ZH), Silent())
    for name, options in SHOWN.items():
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *options]
        command += ["--window-size=1240,1000", f"--screenshot={IMAGES / name}", (WORK / "out/summary.html").as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def hand_ins(folder: Path) -> None:
    """A GeoPackage an application, and one that is broken."""
    folder.mkdir(parents=True)
    source = ogr.Open(str(DEMO / "county.gpkg"))
    layer = source.GetLayer("SQDK")
    for number, feature in enumerate(layer, 1):
        target = ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / f"430998-CZPC-2026-{number:04}.gpkg"))
        copy = target.CreateLayer("SQDK", layer.GetSpatialRef(), ogr.wkbMultiPolygon)
        copy.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
        row = ogr.Feature(copy.GetLayerDefn())
        row["DKBH"] = feature["DKBH"]
        row.SetGeometry(feature.GetGeometryRef())
        copy.CreateFeature(row)
    (folder / "430998-CZPC-2026-0099.gpkg").write_bytes(b"no database")


if __name__ == "__main__":
    main()
