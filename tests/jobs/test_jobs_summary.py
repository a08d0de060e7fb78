# SPDX-License-Identifier: GPL-2.0-or-later
"""What a batch shows: the page, the summary that can be read back, the results by county."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jobs_batches import BatchOf, replace
from osgeo import ogr

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.batch import run_batch
from landreview_plugin.jobs.changes import changed
from landreview_plugin.jobs.county_map import write_county_map
from landreview_plugin.jobs.statistics import gather_summaries, monthly
from landreview_plugin.jobs.summary import newest_summary, read_summary, write_summary
from landreview_plugin.report import batch_page as page_module
from landreview_plugin.report.batch_page import batch_page
from landreview_plugin.report.charts import LABEL, LETTER, NARROW, fitting


def entry(case: str, verdict: str = "conflict", **more: Any) -> dict[str, Any]:
    """A case as the batch knows it."""
    facts = {
        "case": case,
        "status": "done" if verdict else "failed",
        "verdict": verdict,
        "worst_severity": "prohibit" if verdict == "conflict" else "",
        "conflicts": 1,
        "not_checked": 0,
        "parcels": 1,
        "area_m2": 20_000.0,
        "farmland_m2": 5_000.0,
        "conflict_m2": {"pbf": 1234.5} if verdict == "conflict" else {},
        "business_type": "CZPC",
        "reference_date": "2026-09-01",
        "jurisdiction": "430998",
        "file": f"{case}.txt",
        "folder": case,
    }
    return facts | more


@pytest.mark.parametrize("language", list(Language))
def test_the_page_shows_lights_counts_charts_and_nothing_from_elsewhere(language: Language) -> None:
    entries = [entry("1", files=["result.docx"]), entry("2", "clear"), entry("3", "", message="E-SRC-MISSING <none>")]
    page = batch_page(entries, language)
    assert page.count("<svg") == 3 and page.count("<desc>") == 3
    assert re.search(r'data-verdict="conflict"[^>]*><b>1</b>', page)
    assert 'href="1/result.docx"' in page and "E-SRC-MISSING &lt;none&gt;" in page
    assert not re.search(r"https?:|src=|@import|url\(", page)
    assert "default-src 'none'" in page and "prefers-color-scheme:dark" in page


@pytest.mark.parametrize(
    "name", ["永久基本农田图斑", "Urban growth boundary", "430102 芙蓉区", "a", "长" * 40, "w" * 90]
)
def test_a_long_name_is_shortened_to_the_room_beside_its_bar(name: str) -> None:
    shown = fitting(name, LABEL - 10)
    width = sum(LETTER * (1.0 if ord(letter) >= 0x2E80 else NARROW) for letter in shown.removesuffix("…"))
    assert width + LETTER * shown.endswith("…") <= LABEL - 10
    assert shown == name or (shown.endswith("…") and name.startswith(shown[:-1]) and width > (LABEL - 10) / 2)


def test_a_name_can_not_put_markup_into_the_page() -> None:
    evil = '<img src=x onerror="alert(1)">'
    page = batch_page([entry(evil, project=evil, folder="a", jurisdiction=evil)], Language.ZH)
    assert "<img" not in page


def test_a_page_that_leaves_cases_out_says_so_and_keeps_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MOST_ROWS", 2)
    page = batch_page([entry("a", "clear"), entry("b", "clear"), entry("c", ""), entry("d")], Language.EN)
    assert "2 more stand in summary.csv" in page
    assert page.count("<tr data-verdict") == 2 and ">c<" in page and ">d<" in page


def test_a_summary_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    entries = [entry("=1+1", project="-x"), entry("2", "clear")]
    table, _ = write_summary(entries, tmp_path, Language.ZH)
    back = read_summary(table)
    assert [row["case"] for row in back] == ["=1+1", "2"] and back[0]["project"] == "-x"
    assert back[0]["conflict_m2"] == {"pbf": 1234.5} and back[0]["home"] == tmp_path / "=1+1"
    assert "'=1+1" in table.read_text(encoding="utf-8-sig")


def test_what_is_no_summary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "summary.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        gather_summaries(tmp_path)
    assert caught.value.code == "E-ATT-FIELD"


def test_a_case_in_two_summaries_counts_once_as_in_the_newest(tmp_path: Path) -> None:
    import os

    for i, verdict in enumerate(("conflict", "clear")):
        table, _ = write_summary([entry("1", verdict)], tmp_path / str(i), Language.ZH)
        os.utime(table, (1_000_000 + i, 1_000_000 + i))
    found = gather_summaries(tmp_path)
    assert [row["verdict"] for row in found.entries] == ["clear"] and found.replaced == 1
    assert monthly(found.entries) == [("2026-09", "430998", "CZPC", "", 1, 0, 0, 2.0, 0.5)]


def held_open(path: Path) -> None:
    """A name that nothing can be renamed to, as a table in Excel is on Windows."""
    path.unlink(missing_ok=True)
    (path / "in use").mkdir(parents=True)


def test_a_night_does_not_end_without_a_summary_because_one_is_open(tmp_path: Path) -> None:
    held_open(tmp_path / "summary.csv")
    table, page = write_summary([entry("1")], tmp_path, Language.ZH)
    assert (table.name, page.name) == ("summary-new.csv", "summary.html")
    assert newest_summary(tmp_path) == table
    assert [row["case"] for row in gather_summaries(tmp_path).entries] == ["1"]
    shutil.rmtree(tmp_path / "summary.csv")
    table, _ = write_summary([entry("1"), entry("2")], tmp_path, Language.ZH)
    assert table.name == "summary.csv" and not (tmp_path / "summary-new.csv").exists()
    assert len(gather_summaries(tmp_path).entries) == 2


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    for name in ("summary.csv", "summary-new.csv"):
        held_open(tmp_path / name)
    with pytest.raises(LandReviewError) as caught:
        write_summary([entry("1")], tmp_path, Language.ZH)
    assert caught.value.code == "E-ENV-WRITE"


def test_a_batch_says_that_its_summary_lies_elsewhere(batch_of: BatchOf) -> None:
    batch = batch_of(1, "held")
    held_open(batch.output / "summary.html")
    assert run_batch(batch, Silent()).held == ((batch.output / "summary.html", batch.output / "summary-new.html"),)


def test_changes_name_cases_that_only_one_batch_has() -> None:
    before = [entry("1"), entry("2", "clear"), entry("3")]
    after = [entry("1"), entry("2", "conflict"), entry("4", "", message="gone")]
    rows = {row["case"]: (row["before"], row["after"]) for row in changed(before, after)}
    assert rows == {"2": ("clear", "conflict"), "3": ("conflict", ""), "4": ("", "failed")}


def test_counties_get_their_counts_and_none_is_lost(county: Path, tmp_path: Path) -> None:
    entries = [entry("1"), entry("2", "clear"), entry("3", jurisdiction="430921"), entry("4", "", jurisdiction="")]
    lost = write_county_map(entries, f"{county}|layername=XZQ_XJ", tmp_path / "counties.gpkg")
    assert lost == ("", "430921")
    source = ogr.Open(str(tmp_path / "counties.gpkg"))
    layer = source.GetLayer("counties")
    rows = {row["code"]: (row["cases"], row["conflict"], row.GetGeometryRef() is not None) for row in layer}
    assert rows == {"430998": (2, 1, True), "430921": (1, 1, False), "": (1, 0, False)}
    assert source.GetLayer("layer_styles").GetFeature(1)["f_table_name"] == "counties"
    del layer, source


def test_the_map_hatches_every_county_where_something_was_not_checked(county: Path, tmp_path: Path) -> None:
    """A pale county must not look clear because nothing in it could be checked."""
    write_county_map([entry("1", "not_checked")], f"{county}|layername=XZQ_XJ", tmp_path / "counties.gpkg")
    source = ogr.Open(str(tmp_path / "counties.gpkg"))
    style = ElementTree.fromstring(source.GetLayer("layer_styles").GetFeature(1)["styleQML"])
    filters = {rule.get("filter", ""): rule.get("symbol") for rule in style.iter("rule") if rule.get("filter")}

    kinds = {each.get("name"): next(each.iter("layer")).get("class") for each in style.iter("symbol")}
    counts = {where: source.ExecuteSQL(f"SELECT * FROM counties WHERE {where}").GetFeatureCount() for where in filters}
    drawn = [kinds[symbol] for where, symbol in filters.items() if counts[where]]
    assert sorted(drawn) == ["LinePatternFill", "SimpleFill"]
    del source


def test_a_county_layer_without_codes_is_refused(county: Path, tmp_path: Path) -> None:
    with pytest.raises(LandReviewError) as caught:
        write_county_map([entry("1")], f"{county}|layername=CZKFBJ", tmp_path / "counties.gpkg")
    assert caught.value.code == "E-ATT-FIELD" and not (tmp_path / "counties.gpkg").exists()


@pytest.mark.usefixtures("gdal_raises")
def test_a_county_map_is_refused_in_one_sentence_where_gdal_raises(tmp_path: Path, county: Path) -> None:
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"no database")
    with pytest.raises(LandReviewError, match="E-SRC-MISSING"):
        write_county_map([entry("1")], str(broken), tmp_path / "counties.gpkg")
    (tmp_path / "folder.gpkg").mkdir()
    with pytest.raises(LandReviewError, match="E-ENV-WRITE"):
        write_county_map([entry("1")], f"{county}|layername=XZQ_XJ", tmp_path / "folder.gpkg")


def test_a_case_that_lies_in_the_folder_of_another_county_is_noted(batch_of: BatchOf) -> None:
    import dataclasses

    batch = batch_of(2, "misfiled")
    first, second = batch.cases
    cases = (dataclasses.replace(first, number="430102-CZPC-2026-0001"), second)
    result = run_batch(replace(batch, cases=cases), Silent())
    notes = [row["message"] for row in read_summary(result.summary_csv)]
    assert "430102" in notes[0] and "430998" in notes[0] and notes[1] == ""
    assert "430102 芙蓉区" in result.summary_html.read_text(encoding="utf-8").partition("<tbody>")[2]
    assert [entry["status"] for entry in result.entries] == ["done", "done"]


def test_a_note_on_a_reviewed_case_hides_no_changed_rule() -> None:
    (row,) = changed([entry("1", "clear")], [entry("1", "conflict", message="note")])
    assert row["what"] == "pbf 0.00 → 1234.50 m²"


def test_a_case_may_name_the_catalogue_of_its_own_county(batch_of: BatchOf, tmp_path: Path) -> None:
    import dataclasses

    batch = batch_of(3, "counties")
    other = tmp_path / "other.yaml"
    text = Path(batch.template.catalogue).read_text(encoding="utf-8").replace("430998", "430921")
    other.write_text(text, encoding="utf-8")
    first, second, third = batch.cases
    cases = (
        first,
        dataclasses.replace(second, catalogue=str(other)),
        dataclasses.replace(third, catalogue=str(tmp_path / "no.yaml")),
    )
    result = run_batch(replace(batch, cases=cases), Silent())
    assert [each.get("jurisdiction", "") for each in result.entries] == ["430998", "430921", ""]
    assert result.entries[2]["error"] == "E-SRC-MISSING"
