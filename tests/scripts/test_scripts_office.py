# SPDX-License-Identifier: GPL-2.0-or-later
"""Each script does its office's work in a real ``qgis_process``."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr
from scripts_cases import NAMES, RunScript, write_case, write_catalogue

Catalogue = Callable[..., Path]
CASES = {"430998-CZPC-2026-0001": [5], "430998-CZPC-2026-0002": [6], "430998-DDXZ-2026-0003": [7]}


@pytest.fixture(scope="module")
def office(county: Path, run_script: RunScript, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A folder of three cases, reviewed by the script for folders."""
    home = tmp_path_factory.mktemp("office") / "三科 & 二科"
    (home / "in").mkdir(parents=True)
    for name, fids in CASES.items():
        # one lies in a folder of its own, as many offices keep them
        inside = "-DDXZ-" in name
        (home / "in" / name).mkdir() if inside else None
        write_case(county, home / "in" / (f"{name}/界址点.gpkg" if inside else f"{name}.gpkg"), fids)
    catalogue = write_catalogue(county, home / "catalogue.yaml")
    done = run_script(
        "script:reviewfolder",
        INPUT_FOLDER=home / "in",
        CATALOGUE=catalogue,
        PROFILE="demo",
        REFERENCE_DATE="2026-09-01",
        OUTPUT_FOLDER=home / "out",
    )
    return {"home": home, "catalogue": catalogue, "done": done, "out": home / "out"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("locale", "title"), [("en", "Review a folder of hand-ins"), ("zh_CN", "审查文件夹中的报件")])
def test_all_scripts_are_listed_in_both_languages(environment: dict[str, str], locale: str, title: str) -> None:
    variables = {name: value for name, value in environment.items() if not name.startswith(("LC_", "LANG"))}
    variables |= {"LANG": f"{locale}.UTF-8"}
    listing = subprocess.run(["qgis_process", "--json", "list"], env=variables, capture_output=True, check=True)
    found = json.loads(listing.stdout)["providers"]["script"]["algorithms"]
    assert set(found) >= {f"script:{name}" for name in NAMES}
    assert found["script:reviewfolder"]["name"] == title


@pytest.mark.parametrize("name", NAMES)
def test_every_script_explains_itself(environment: dict[str, str], name: str) -> None:
    shown = subprocess.run(["qgis_process", "help", f"script:{name}"], env=environment, capture_output=True, check=True)
    description, _, rest = shown.stdout.decode("utf-8").partition("Arguments")
    assert len(description) > 200 and "Outputs" in rest


def test_a_folder_is_reviewed_with_the_type_in_each_name(office: dict[str, Any]) -> None:
    assert office["done"].code == 0, office["done"].text
    rows = rows_of(office["out"] / "summary.csv")
    assert {row["case"]: row["business_type"] for row in rows} == {name: name.split("-")[1] for name in CASES}
    assert all(row["verdict"] for row in rows)


def test_two_hand_ins_are_compared(county: Path, run_script: RunScript, tmp_path: Path) -> None:
    before = write_case(county, tmp_path / "before.gpkg", [5, 6, 7], numbers=["a", "b", "c"])
    after = write_case(county, tmp_path / "after.gpkg", [5, 6, 15], numbers=["a", "renamed", "new"])
    done = run_script("script:comparehandins", BEFORE=before, AFTER=after, OUTPUT=tmp_path / "out.gpkg")
    assert done.code == 0, done.text
    counts = {name: done.results[name] for name in ("ADDED", "REMOVED", "RENUMBERED", "CHANGED", "UNCHANGED")}
    assert counts == {"ADDED": 1, "REMOVED": 1, "RENUMBERED": 1, "CHANGED": 0, "UNCHANGED": 1}
    moved = write_case(county, tmp_path / "moved.gpkg", [5, 6, 7], shift=1.0, numbers=["a", "b", "c"])
    done = run_script("script:comparehandins", BEFORE=before, AFTER=moved, OUTPUT=tmp_path / "moved_out.gpkg")
    assert done.results["CHANGED"] == 3 and abs(done.results["AREA_DIFFERENCE"]) < 1e-3
    layer = (source := ogr.Open(str(tmp_path / "moved_out.gpkg"))).GetLayer(0)
    assert {row["change"] for row in layer} == {"gained", "lost"}
    del layer, source


def test_a_changed_layer_changes_verdicts_that_are_listed(office: dict[str, Any], run_script: RunScript) -> None:
    home = office["home"]
    text = office["catalogue"].read_text(encoding="utf-8")
    assert "key: pbf" in text
    missing = home / "unbound.yaml"
    entries = text.split("- ")
    missing.write_text("- ".join(e for e in entries if "key: pbf" not in e), encoding="utf-8")
    done = run_script(
        "script:rereviewcases",
        MANIFEST=office["out"] / "manifest.csv",
        BEFORE=office["out"] / "summary.csv",
        CATALOGUE=missing,
        PROFILE="demo",
        REFERENCE_DATE="2026-12-01",
        OUTPUT_FOLDER=home / "again",
    )
    assert done.code == 0, done.text
    rows = rows_of(home / "again" / "changes.csv")
    assert rows and len(rows) == done.results["CHANGED_COUNT"]
    given = {row["reference_date"] for row in rows_of(home / "again" / "summary.csv")}
    assert given == {"2026-12-01"} != {row["reference_date"] for row in rows_of(office["out"] / "summary.csv")}
    assert all("PBF-" in row["what"] and "→ not_checked" in row["what"] for row in rows)


def test_statistics_count_every_case_once(office: dict[str, Any], run_script: RunScript, tmp_path: Path) -> None:
    done = run_script(
        "script:monthlystatistics", RESULTS=office["out"], OUTPUT=tmp_path / "months.csv", CHART=tmp_path / "chart.html"
    )
    assert done.code == 0, done.text
    rows = rows_of(tmp_path / "months.csv")
    assert sum(int(row["cases"]) for row in rows if not row["layer"]) == 3 == done.results["CASE_COUNT"]
    assert {row["business_type"] for row in rows} == {"CZPC", "DDXZ"}
    assert "<svg" in (tmp_path / "chart.html").read_text(encoding="utf-8")


def approvals(folder: Path, *lines: str) -> Path:
    path = folder / "approvals.csv"
    path.write_text("\n".join(["case_number,approved_on,document", *lines]) + "\n", encoding="gb18030")
    return path


def test_the_farmland_balance_is_the_sum_of_the_sealed_results(
    office: dict[str, Any], county: Path, run_script: RunScript, tmp_path: Path
) -> None:
    first, second, _ = CASES
    listed = approvals(tmp_path, f"{first},2026-03-01,湘政土〔2026〕1号", f"{second},2025-03-01,")
    supplement = write_case(county, tmp_path / "supplement.gpkg", [15])
    done = run_script(
        "script:farmlandbalance",
        APPROVALS=listed,
        RESULTS=office["out"],
        YEAR=2026,
        SUPPLEMENT=supplement,
        LAND_SURVEY=f"{county}|layername=DLTB",
        OUTPUT=tmp_path / "balance.csv",
    )
    assert done.code == 0, done.text
    result = json.loads((office["out"] / first / "result.json").read_text(encoding="utf-8"))
    taken = sum(row["area_m2"] for row in result["areas"] if row["class"][:4] in ("0101", "0102", "0103"))
    assert done.results["CASE_COUNT"] == 1
    assert done.results["TAKEN"] == pytest.approx(taken, abs=0.011)
    rows = rows_of(tmp_path / "balance.csv")
    for row in rows:
        assert float(row["difference_m2"]) == pytest.approx(
            float(row["supplied_m2"]) - float(row["taken_m2"]), abs=0.011
        )
    assert [row["class"] for row in rows] == ["0101", "0102", "0103", "total"]


def test_an_approval_without_a_result_stops_the_balance(
    office: dict[str, Any], run_script: RunScript, tmp_path: Path
) -> None:
    listed = approvals(tmp_path, "nobody-knows,2026-03-01,")
    done = run_script(
        "script:farmlandbalance", APPROVALS=listed, RESULTS=office["out"], YEAR=2026, OUTPUT=tmp_path / "balance.csv"
    )
    assert done.code == 1 and "nobody-knows" in done.text and "Traceback" not in done.text


def test_the_one_map_is_not_doubled_by_a_second_run(
    office: dict[str, Any], run_script: RunScript, tmp_path: Path
) -> None:
    first, second, _ = CASES
    given = {"RESULTS": office["out"]}
    one = run_script(
        "script:exportonemap",
        APPROVALS=approvals(tmp_path, f"{first},2026-03-01,"),
        OUTPUT=tmp_path / "1.gpkg",
        **given,
    )
    assert one.code == 0, one.text
    listed = approvals(tmp_path, f"{first},2026-03-01,", f"{second},2026-04-01,")
    two = run_script(
        "script:exportonemap", APPROVALS=listed, EXISTING=tmp_path / "1.gpkg", OUTPUT=tmp_path / "2.gpkg", **given
    )
    three = run_script(
        "script:exportonemap",
        APPROVALS=approvals(tmp_path, f"{first},2026-03-01,"),
        EXISTING=tmp_path / "2.gpkg",
        OUTPUT=tmp_path / "3.gpkg",
        **given,
    )
    assert (two.results["PARCEL_COUNT"], two.results["CARRIED_COUNT"]) == (2, 0)
    assert (three.results["PARCEL_COUNT"], three.results["CARRIED_COUNT"]) == (1, 1)
    layer = (source := ogr.Open(str(tmp_path / "3.gpkg"))).GetLayer(0)
    assert sorted(row["case_no"] for row in layer) == [first, second]
    del layer, source


def test_the_driver_for_cron_says_how_it_ended(
    office: dict[str, Any], environment: dict[str, str], root: Path, tmp_path: Path
) -> None:
    driver = [sys.executable, str(root / "processing_scripts" / "batch_review.py")]
    common = ["--catalogue", str(office["catalogue"]), "--profile", "demo", "--formats", "json"]
    common += ["--reference-date", "2026-09-01", "--workers", "1"]

    said: list[str] = []
    errors: list[str] = []

    def run(*more: str) -> int:
        done = subprocess.run([*driver, *common, *more], env=environment | os.environ, check=False, capture_output=True)
        errors.append(done.stderr.decode("utf-8"))
        said.append(done.stdout.decode("utf-8"))
        return done.returncode

    variables = dict(os.environ)
    os.environ.update(environment)
    try:
        good = run("--folder", str(office["home"] / "in"), "--output", str(tmp_path / "good"))
        manifest = tmp_path / "bad.csv"
        manifest.write_text("case_number,file\nA-1,nowhere.txt\n", encoding="utf-8")
        some = run("--manifest", str(manifest), "--output", str(tmp_path / "some"))
        none = run("--manifest", str(tmp_path / "no.csv"), "--output", str(tmp_path / "none"))
    finally:
        os.environ.clear()
        os.environ.update(variables)
    assert (good, some, none) == (0, 1, 2)
    assert "E-SRC-MISSING" in errors[2] and "no.csv" in errors[2] and ".log" in errors[2]
    assert "共 3 个案卷" in said[0] and "结论有变" not in said[0] and str(tmp_path / "good" / "summary.csv") in said[0]
    assert "未能审查 (1)" in said[1] and "E-SRC-MISSING" in said[1] and said[2] == ""
    assert rows_of(tmp_path / "some" / "summary.csv")[0]["error"] == "E-SRC-MISSING"
    assert len(list((tmp_path / "good" / "logs").glob("*.log"))) == 1


def test_the_mail_of_the_night_names_what_changed_and_cuts_nothing_off_unsaid(root: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("batch_review", root / "processing_scripts" / "batch_review.py")
    assert spec is not None and spec.loader is not None
    driver = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(driver)

    def row(verdict: str, message: str = "") -> dict[str, str]:
        return {"verdict": verdict, "status": "done" if verdict else "failed", "message": message}

    before = {"1": row("clear"), "2": row("conflict"), "gone": row("clear")}
    now = {"1": row("conflict"), "2": row("conflict")} | {f"x{i}": row("", f"reason {i}") for i in range(60)}
    text = driver.report(before, now, tmp_path / "summary.csv", "en")
    assert "62 cases" in text and "1: clear → conflict" in text and "gone" not in text and "  2:" not in text
    assert "Not reviewed (60)" in text and "reason 49" in text and "reason 50" not in text and "10 more" in text
