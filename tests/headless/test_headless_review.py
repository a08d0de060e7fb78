# SPDX-License-Identifier: GPL-2.0-or-later
"""The main job without a screen: TXT in, verdict, GeoPackage, JSON, XLSX and DOCX out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RunProcess = Callable[..., Any]
Catalogue = Callable[..., Path]


def review(run_process: RunProcess, source: Path, catalogue: Path, out: Path, **more: Any) -> Any:
    common = {"PROFILE": "demo", "BUSINESS_TYPE": "CZPC", "REFERENCE_DATE": "2026-09-01", "OUTPUT_FOLDER": out}
    return run_process("review", INPUT=source, CATALOGUE=catalogue, **common | more)


def test_a_txt_becomes_four_files(run_process: RunProcess, data: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    done = review(run_process, data / "txt" / "02_hole_noprefix_utf8.txt", catalogue(), tmp_path / "out")
    assert done.code == 0, done.text
    for name in ("RESULT_GPKG", "RESULT_JSON", "REPORT_XLSX", "REPORT_DOCX"):
        assert Path(done.results[name]).stat().st_size > 0
    result = json.loads(Path(done.results["RESULT_JSON"]).read_text(encoding="utf-8"))
    assert result["parcels"][0]["area_planar_m2"] == 19800.0
    # the sample lies outside the demo county: whatever else it is, it is not clear
    assert done.results["VERDICT"] == "not_checked"
    assert any(problem["code"] == "W-JUR-COUNTY" for problem in result["quality"])


def test_a_pdf_with_maps_needs_no_screen(
    run_process: RunProcess, data: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    source = data / "txt" / "02_hole_noprefix_utf8.txt"
    done = review(run_process, source, catalogue(), tmp_path / "out", FORMATS="pdf")
    assert done.code == 0, done.text
    pdf = Path(done.results["REPORT_PDF"])
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_size > 20_000
    assert Path(done.results["RESULT_GPKG"]).is_file(), "its maps come from there"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda data, tmp: tmp / "none.txt", "E-SRC-MISSING"),
        (lambda data, tmp: data / "bad" / "txt_empty.txt", "E-TXT-EMPTYFILE"),
        (lambda data, tmp: data / "bad" / "txt_nan.txt", "E-TXT-NUM"),
        (lambda data, tmp: data / "bad" / "gpkg_bowtie.gpkg", "E-GEO-SELFX"),
        (lambda data, tmp: data / "bad" / "shp_no_prj" / "parcels.shp", "E-CRS-NONE"),
        (lambda data, tmp: data / "bad" / "shp_truncated" / "parcels.shp", "E-SRC-CORRUPT"),
    ],
)
def test_bad_parcels_end_with_one_sentence_and_nothing_written(
    run_process: RunProcess,
    data: Path,
    catalogue: Catalogue,
    tmp_path: Path,
    make: Callable[[Path, Path], Path],
    code: str,
) -> None:
    done = review(run_process, make(data, tmp_path), catalogue(), tmp_path / "out")
    assert done.code == 1
    assert code in done.text
    assert "Traceback" not in done.text
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_a_catalogue_with_an_unknown_key_is_refused(run_process: RunProcess, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text("layers:\n  - {key: pbf, sorce: a.gpkg}\n", encoding="utf-8")
    done = review(run_process, data / "txt" / "01_one_gbk.txt", path, tmp_path / "out")
    assert done.code == 1
    assert "E-CAT-FIELD" in done.text and "sorce" in done.text and "Traceback" not in done.text


def test_real_data_of_others_with_the_profile_plain(run_process: RunProcess, data: Path, tmp_path: Path) -> None:
    source = data / "real" / "liechtenstein_2056.gpkg"
    path = tmp_path / "catalogue.yaml"
    path.write_text(
        f"""layers:
  - key: nature
    source: {source}|layername=restrictions
    coverage: {source}|layername=admin
    fields: {{zone: protect_class}}
""",
        encoding="utf-8",
    )
    done = review(run_process, f"{source}|layername=restrictions", path, tmp_path / "out", PROFILE="plain")
    assert done.code in (0, 1), done.text
    assert "Traceback" not in done.text
    if done.code == 0:
        assert done.results["VERDICT"] != "clear"
