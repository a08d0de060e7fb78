# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinion as a PDF: text and maps on A4, Chinese fonts embedded, the layout taken from a file of the office."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import threading
import unicodedata
from pathlib import Path

import pytest
import shapely
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QFontDatabase

from landreview_plugin.core.evidence.recorder import RecordedFeature
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import ReviewResult, Verdict
from landreview_plugin.report import maps
from landreview_plugin.report.formats import available, write_reports
from landreview_plugin.report.map_pages import SCALES, details, grid_interval, map_pages, scale_for
from landreview_plugin.report.opinion_html import opinion_html
from landreview_plugin.report.words import Words
from landreview_plugin.sources.result_gpkg import write_result_gpkg

ZH = Words("zh")
RADICALS = str.maketrans("⻅⺠⻚⻔⻋⻢⻛⻓⻝", "见民页门车马风长食")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils reads the PDF back")


@pytest.fixture
def package(result: ReviewResult, crs: Crs, folder: Path) -> Path:
    """The result GeoPackage with the farmland that the first parcel lies on."""
    first = result.parcels[0].geometry
    assert first is not None
    x0, y0, *_ = first.bounds
    farmland = RecordedFeature(17, shapely.box(x0 - 60, y0 - 40, x0 + 50, y0 + 60), {})
    path = folder / "r.gpkg"
    write_result_gpkg(result, path, crs, touched={"pbf": (farmland,)})
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_back(path: Path, tool: str) -> str:
    command = [tool, str(path), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


def words_of(path: Path) -> str:
    """The words of a PDF without spaces; Qt names some glyphs by the radical that looks like the character."""
    text = unicodedata.normalize("NFKC", read_back(path, "pdftotext"))
    return re.sub(r"\s", "", text).translate(RADICALS)


def test_one_map_of_all_and_one_for_each_layer_that_is_not_clear(result: ReviewResult) -> None:
    pages = map_pages(result, ZH)
    assert [page.layer for page in pages] == ["", "pbf", "ecored", "plan_zone"]
    assert pages[1].title == "地块与永久基本农田图斑套合图"
    assert "数据日期：2026-06-30" in pages[1].note
    assert "PBF-01　1：4000.00平方米（0.4000公顷）" in pages[1].note
    assert pages[1].findings_filter == "verdict <> 'clear' AND layer = 'pbf'"


def test_layers_without_a_map_of_their_own_are_named(result: ReviewResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landreview_plugin.report.map_pages.MOST_MAPS", 1)
    pages = map_pages(result, ZH)
    assert len(pages) == 2
    assert "另有图层未出图：生态保护红线" in pages[0].note


def test_parcels_far_apart_get_a_map_each(result: ReviewResult, monkeypatch: pytest.MonkeyPatch) -> None:
    hit = next(finding for finding in result.findings if finding.rule == "PBF-01")
    far = hit.model_copy(update={"id": "PBF-01/5'", "parcel": "5'"})
    case = result.model_copy(update={"findings": (*result.findings, far)})
    farmland = next(page for page in map_pages(case, ZH) if page.layer == "pbf")
    pages = details(case, farmland, ZH)
    assert [page.parcel for page in pages] == ["1", "5'"]
    assert pages[0].title == "地块与永久基本农田图斑套合图（1）"
    assert pages[1].findings_filter.count("'") == 8, "the quote of its number is doubled"
    assert details(result, farmland, ZH) == (farmland,), "one parcel needs no second map"
    monkeypatch.setattr("landreview_plugin.report.map_pages.MOST_DETAILS", 1)
    assert "另有1个地块未出图" in details(case, farmland, ZH)[0].note


@pytest.mark.parametrize(
    ("width_m", "height_m", "scale"), [(30, 20, 200), (100, 100, 1000), (168, 10, 1000), (169, 10, 2000)]
)
def test_a_map_takes_the_largest_usual_scale(width_m: float, height_m: float, scale: int) -> None:
    assert scale_for(width_m, height_m, (168.0, 178.0)) == scale


@pytest.mark.parametrize(("scale", "metres"), [(200, 10), (500, 20), (1000, 50), (2000, 100), (10_000, 500)])
def test_grid_lines_stand_on_round_coordinates(scale: int, metres: float) -> None:
    assert grid_interval(scale) == metres
    assert scale in SCALES


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_pages_say_what_the_opinion_says(result: ReviewResult, language: str) -> None:
    html = opinion_html(result, Words(language), "Any")
    for finding in result.findings:
        assert finding.rule in html
        assert getattr(finding.reason, language) in html
    assert result.digest in html


def test_names_that_look_like_markup_stay_text(hostile: ReviewResult) -> None:
    html = opinion_html(hostile, ZH, "Any")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@needs_poppler
def test_the_pdf_is_a4_with_its_fonts_inside_and_its_words_can_be_found(
    qgis_app: QgsApplication, result: ReviewResult, package: Path, folder: Path
) -> None:
    before = sha256(package)
    write_reports(result, folder, "r", ["pdf"], "zh")
    assert sha256(package) == before, "QGIS must not touch the result"
    assert read_back(folder / "r.pdf", "pdfinfo").count("(A4)") == 1
    fonts = read_back(folder / "r.pdf", "pdffonts").splitlines()[2:]
    assert fonts
    for line in fonts:
        assert re.search(r"\byes (yes|no) +yes\b|\byes no +no\b|\byes\b", line), line
    text = words_of(folder / "r.pdf")
    for wanted in ("国土空间审查意见表", "存在冲突", "地块与永久基本农田图斑套合图", "比例尺"):
        assert wanted in text, wanted
    assert not list(folder.glob("*.part*"))


@needs_poppler
def test_an_office_prints_its_own_words_on_the_maps(
    qgis_app: QgsApplication, result: ReviewResult, package: Path, folder: Path
) -> None:
    template = folder / "本局.qpt"
    text = maps.TEMPLATE.read_text(encoding="utf-8")
    template.write_text(
        text.replace("[% @landreview_footer %]", "示范县局　[% @landreview_digest %]"), encoding="utf-8"
    )
    write_reports(result, folder, "r", ["pdf"], "zh", map_template=template)
    printed = words_of(folder / "r.pdf")
    assert printed.count("示范县局") == len(map_pages(result, ZH))
    assert "[%" not in printed, "expressions are filled in"


@pytest.mark.parametrize("content", ["", "<Layout", "<Layout></Layout>", "\x00", None])
def test_a_template_that_is_no_layout_is_named(
    qgis_app: QgsApplication, result: ReviewResult, package: Path, folder: Path, content: str | None
) -> None:
    template = folder / "bad.qpt"
    if content is not None:
        template.write_text(content, encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        write_reports(result, folder, "r", ["pdf"], "zh", map_template=template)
    assert caught.value.code == "E-SRC-CORRUPT"
    assert caught.value.place.file == "bad.qpt"
    assert not (folder / "r.pdf").exists()


def test_without_a_chinese_font_there_are_no_boxes_but_a_reason(
    qgis_app: QgsApplication, result: ReviewResult, package: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    with pytest.raises(LandReviewError) as caught:
        write_reports(result, folder, "r", ["pdf"], "zh")
    assert caught.value.code == "E-ENV-MODULE"
    assert caught.value.detail is not None and "没有中文字体" in caught.value.detail.zh
    assert not (folder / "r.pdf").exists()


def test_without_the_geopackage_there_are_no_maps(qgis_app: QgsApplication, result: ReviewResult, folder: Path) -> None:
    assert available()["pdf"] is None
    with pytest.raises(LandReviewError) as caught:
        write_reports(result, folder, "r", ["pdf"], "zh")
    assert (caught.value.code, caught.value.place.file) == ("E-SRC-MISSING", "r.gpkg")


def test_a_task_hands_the_work_to_the_main_thread(
    qgis_app: QgsApplication, result: ReviewResult, package: Path, folder: Path
) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            write_reports(result, folder, "r", ["pdf"], "zh")
        except BaseException as error:  # noqa: BLE001 - shown below
            failed.append(error)

    task = threading.Thread(target=work)
    task.start()
    while task.is_alive():
        QCoreApplication.processEvents()
        task.join(0.01)
    assert not failed
    assert (folder / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_refusal_reaches_the_task_that_asked(
    qgis_app: QgsApplication, result: ReviewResult, package: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    caught: list[str] = []

    def work() -> None:
        try:
            write_reports(result, folder, "r", ["pdf"], "zh")
        except LandReviewError as error:
            caught.append(error.code)

    task = threading.Thread(target=work)
    task.start()
    while task.is_alive():
        QCoreApplication.processEvents()
        task.join(0.01)
    assert caught == ["E-ENV-MODULE"]


def test_a_case_where_nothing_could_be_checked_still_shows_its_parcels(
    qgis_app: QgsApplication, result: ReviewResult, crs: Crs, folder: Path
) -> None:
    nothing = tuple(f for f in result.findings if f.verdict is Verdict.NOT_CHECKED)
    bare = result.model_copy(update={"findings": nothing, "uncovered": ()})
    write_result_gpkg(bare, folder / "r.gpkg", crs)
    write_reports(bare, folder, "r", ["pdf"], "en")
    assert len(map_pages(bare, ZH)) == 1
    assert (folder / "r.pdf").stat().st_size > 10_000
