# SPDX-License-Identifier: GPL-2.0-or-later
"""A batch: one bad case stops no other, a stop resumes, two workers say what one says."""

from __future__ import annotations

import csv
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from osgeo import gdal, ogr

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.jobs.batch import Batch, BatchResult, run_batch
from landreview_plugin.jobs.journal import NAME, Journal
from landreview_plugin.jobs.manifest import of_folder, read_manifest
from landreview_plugin.jobs.review_job import ReviewJob

AT = dt.date(2026, 9, 1)
Catalogue = Callable[..., Path]


@pytest.fixture
def hand_ins(county: Path, tmp_path: Path) -> Path:
    """A folder with one GeoPackage an application."""
    folder = tmp_path / "hand ins & 申请"
    folder.mkdir()
    source = ogr.Open(str(county))
    layer = source.GetLayer("SQDK")
    for feature in layer:
        if feature.GetFID() in (4, 5, 6, 7):
            target = ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / f"case-{feature.GetFID():02}.gpkg"))
            copy = target.CreateLayer("SQDK", layer.GetSpatialRef(), ogr.wkbMultiPolygon)
            copy.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
            row = ogr.Feature(copy.GetLayerDefn())
            row.SetField("DKBH", feature["DKBH"])
            row.SetGeometry(feature.GetGeometryRef())
            copy.CreateFeature(row)
    return folder


@pytest.fixture
def batch(hand_ins: Path, catalogue: Catalogue, tmp_path: Path) -> Batch:
    template = ReviewJob(input="", catalogue=str(catalogue()), business_type="CZPC", reference_date=AT, profile="demo")
    cases = of_folder(hand_ins, business_type="CZPC", reference_date=AT)
    return Batch(cases, template, tmp_path / "out", ("json",), Language.ZH, workers=2)


def digests(result: BatchResult) -> dict[str, str]:
    return {entry["case"]: entry["digest"] for entry in result.entries}


def replace(batch: Batch, **changes: object) -> Batch:
    return Batch(**{**{name: getattr(batch, name) for name in Batch.__slots__}, **changes})  # type: ignore[arg-type]


def test_every_case_gets_a_folder_and_a_row(batch: Batch) -> None:
    result = run_batch(batch, Silent())
    assert result.reviewed == 4 and result.failed == 0
    with result.summary_csv.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["case"] for row in rows] == [f"case-{i:02}" for i in range(4, 8)]
    assert all((batch.output / row["folder"] / "result.json").is_file() for row in rows)
    page = result.summary_html.read_text(encoding="utf-8")
    assert "case-04" in page and "http:" not in page and "https:" not in page and "src=" not in page


def test_processes_threads_and_one_worker_say_the_same(batch: Batch, tmp_path: Path) -> None:
    one = run_batch(replace(batch, workers=1), Silent())
    two = run_batch(replace(batch, output=tmp_path / "two"), Silent())
    threads = run_batch(replace(batch, output=tmp_path / "threads", processes=False), Silent())
    assert digests(one) == digests(two) == digests(threads)


def test_a_finished_case_is_not_done_again(batch: Batch) -> None:
    run_batch(batch, Silent())
    times = {path: path.stat().st_mtime_ns for path in batch.output.glob("*/result.json")}
    run_batch(batch, Silent())
    assert times == {path: path.stat().st_mtime_ns for path in batch.output.glob("*/result.json")}


def test_a_changed_hand_in_is_done_again(batch: Batch, hand_ins: Path) -> None:
    before = digests(run_batch(batch, Silent()))
    (hand_ins / "case-04.gpkg").write_bytes((hand_ins / "case-05.gpkg").read_bytes())
    after = digests(run_batch(batch, Silent()))
    assert after["case-04"] != before["case-04"]
    assert after["case-06"] == before["case-06"]


def test_a_hand_in_with_corrected_numbers_is_done_again(batch: Batch, hand_ins: Path) -> None:
    """The numbers of a shapefile's parcels stand in a file of their own."""
    shapefile = hand_ins / "corrected.shp"
    gdal.VectorTranslate(str(shapefile), str(hand_ins / "case-04.gpkg"), format="ESRI Shapefile")
    cases = of_folder(hand_ins, business_type="CZPC", reference_date=AT)[-1:]
    before = digests(run_batch(replace(batch, cases=cases), Silent()))
    attributes = shapefile.with_suffix(".dbf")
    content = attributes.read_bytes()
    attributes.write_bytes(content[:-2] + b"X" + content[-1:])
    after = digests(run_batch(replace(batch, cases=cases), Silent()))
    assert before.keys() == after.keys() == {"corrected"} and before != after


def test_bad_rows_are_named_and_the_rest_is_done(batch: Batch, hand_ins: Path, tmp_path: Path) -> None:
    (hand_ins / "broken.gpkg").write_bytes(b"no database")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "case_number,file,business_type,reference_date\n"
        f"A-1,{hand_ins / 'case-04.gpkg'},CZPC,2026-09-01\n"
        f"A-2,{hand_ins / 'nowhere.gpkg'},CZPC,2026-09-01\n"
        f"A-3,{hand_ins / 'case-04.gpkg'},XXXX,2026-09-01\n"
        f"A-4,{hand_ins / 'case-04.gpkg'},CZPC,soon\n"
        f"A-5,{hand_ins / 'case-04.gpkg'},CZPC,2026-09-01\n"
        f"a-5,{hand_ins / 'case-05.gpkg'},CZPC,2026-09-01\n"
        f",{hand_ins / 'case-04.gpkg'},CZPC,2026-09-01\n"
        f"A-6,{hand_ins / 'broken.gpkg'},,\n"
        f"../../A-7,{hand_ins / 'case-05.gpkg'},DDXZ,\n",
        encoding="gb18030",
    )
    cases = read_manifest(manifest, business_type="CZPC", reference_date=AT)
    result = run_batch(replace(batch, cases=cases), Silent())
    got = {entry["case"]: entry.get("error", "") for entry in result.entries}
    assert got == {
        "A-1": "",
        "A-2": "E-SRC-MISSING",
        "A-3": "E-CASE-TYPE",
        "A-4": "E-CASE-TYPE",
        "A-5#1": "E-ATT-DUPNO",
        "a-5#2": "E-ATT-DUPNO",
        "line-8": "E-CASE-FIELD",
        "A-6": "E-SRC-CORRUPT",
        "../../A-7": "",
    }
    assert all(path.parent == batch.output for path in batch.output.iterdir())
    assert not (batch.output.parent / "A-7").exists()


def test_a_manifest_without_its_columns_is_refused(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("number;file\n1;2\n", encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        read_manifest(manifest, business_type="CZPC", reference_date=AT)
    assert caught.value.code == "E-ATT-FIELD"


def test_a_torn_line_of_the_journal_is_dropped(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add({"case": "1", "key": "k"})
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"case": "2", "ke')
    assert set(journal.finished()) == {"1"}
    journal.add({"case": "3", "key": "k"})
    assert set(journal.finished()) == {"1", "3"}


def test_cancel_ends_within_a_second(batch: Batch) -> None:
    class Cancelled:
        def step(self, done: float, message: str = "") -> None:
            if time.monotonic() - start > 0.5:
                raise CancelledError

    start = time.monotonic()
    with pytest.raises(CancelledError):
        run_batch(replace(batch, cases=batch.cases * 1), Cancelled())
    assert not list(batch.output.glob("*.part/result.json"))


KILLED = """
import datetime as dt, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.batch import Batch, run_batch
from landreview_plugin.jobs.manifest import of_folder
from landreview_plugin.jobs.review_job import ReviewJob
at = dt.date(2026, 9, 1)
job = ReviewJob(input="", catalogue={catalogue!r}, business_type="CZPC", reference_date=at, profile="demo")
cases = of_folder(Path({folder!r}), business_type="CZPC", reference_date=at)
run_batch(Batch(cases, job, Path({out!r}), ("json",), Language.ZH, workers=1, processes=False), Silent())
"""


@pytest.mark.skipif(os.name == "nt", reason="kills a process the POSIX way")
def test_kill_and_resume_gives_the_undisturbed_summary(
    batch: Batch, hand_ins: Path, root: Path, tmp_path: Path
) -> None:
    undisturbed = run_batch(batch, Silent())
    out = tmp_path / "killed"
    code = KILLED.format(root=str(root), catalogue=batch.template.catalogue, folder=str(hand_ins), out=str(out))
    for wait_s in (1.2, 1.8):
        process = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
    resumed = run_batch(replace(batch, output=out), Silent())
    assert digests(resumed) == digests(undisturbed)
    assert not list(out.glob("*.part"))
