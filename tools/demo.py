# SPDX-License-Identifier: GPL-2.0-or-later
"""``make demo``: the main job on a made-up county, from the surveyor's files to the printed opinion.

Every step that an office would do is done through the plugin's own algorithms and ``qgis_process``.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import textwrap
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import ogr

ogr.UseExceptions()
ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "build" / "demo"
COUNTY = DEMO / "county.gpkg"
CATALOGUE = DEMO / "catalogue.yaml"
COUNTY_ARGUMENTS = ("--n", "20000", "--seed", "1", "--apps", "24")
DATE, REFERENCE_DATE = "2026-06-30", "2026-09-01"
BOUND = (
    ("pbf", "YJJBNT", ""),
    ("ecored", "STBHHX", ""),
    ("ugb", "CZKFBJ", ""),
    ("plan_zone", "GHYT", '\n    fields: {class: GHFQDM}\n    construction: ["04", "05", "06"]'),
    ("dltb", "DLTB", ""),
    ("mining", "CKQ", "\n    where: 矿权类型 = '采矿权'"),
    ("explore", "CKQ", "\n    where: 矿权类型 = '探矿权'"),
    ("geohaz_pt", "DZZH", ""),
    ("xzq", "XZQ", ""),
)
SIGNED_EMPTY = (
    "approved consol facility forest_public geohaz_poly geohaz_zone heritage linkage nature plan_ctl_2010 resource "
    "river scenic temp village_plan watersrc wetland"
).split()
WORDS = {
    "conflict": "冲突 conflict",
    "not_checked": "未核查 not checked",
    "partly_covered": "部分覆盖 partly covered",
    "clear": "无冲突 clear",
}


@dataclass(frozen=True)
class Application:
    """A case of the demo: some of the county's made-up parcels, under one procedure."""

    number: str
    business_type: str
    title: str
    parcels: tuple[str, ...]

    @property
    def text(self) -> Path:
        """The surveyor's file."""
        return DEMO / "txt" / f"{self.number}.txt"

    @property
    def subset(self) -> str:
        """The parcels as a filter on the generator's layer."""
        return "DKBH IN ({})".format(", ".join(f"'{number}'" for number in self.parcels))


LINEAR = ("corridor", "cross_zone", "half_outside", "outside")
TITLES = {"CZPC": "青岚县2026年第{}批次建设用地", "DDXZ": "青岚县公路工程（{}标）"}


def main() -> None:
    """All steps; those whose inputs have not changed are skipped."""
    DEMO.mkdir(parents=True, exist_ok=True)
    make_county()
    write_catalogue()
    cases = applications()
    hand_in(cases)
    for application in cases:
        outputs = review(application)
        show(application, outputs)


def once(name: str, state: str, work: Any) -> None:
    """Do ``work`` unless it was done in the same state."""
    stamp = DEMO / f".{name}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        return
    stamp.unlink(missing_ok=True)
    work()
    stamp.write_text(state, encoding="utf-8")


def state_of(*parts: object) -> str:
    """One hash of texts and of files' content."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else str(part).encode("utf-8"))
    return digest.hexdigest()


def make_county() -> None:
    """A made-up county with reference layers and applications of every kind."""
    generator = ROOT / "tools" / "make_county.py"

    def make() -> None:
        print("Making the demo county (fictitious) …", flush=True)
        command = [sys.executable, str(generator), str(COUNTY), *COUNTY_ARGUMENTS]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    once("county", state_of(generator, COUNTY_ARGUMENTS), make)


def write_catalogue() -> None:
    """The office's catalogue: what stands behind each key, and what the county has not, signed."""
    lines = ['jurisdiction: "430998"', "title: 青岚县演示目录", "layers:"]
    for key, layer, more in BOUND:
        source = f"county.gpkg|layername={layer}"
        coverage = "county.gpkg|layername=XZQ_XJ"
        lines.append(f"  - key: {key}\n    source: {source}\n    data_date: {DATE}\n    coverage: {coverage}{more}")
    for key in SIGNED_EMPTY:
        signed = f"{{reason: 演示县无此类, by: 演示科负责人, date: {DATE}}}"
        lines.append(f"  - key: {key}\n    none: {signed}")
    CATALOGUE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def applications() -> list[Application]:
    """The made-up parcels as cases. Some of them overlap each other: those go into different cases."""
    found: dict[str, list[list[tuple[str, ogr.Geometry]]]] = {"CZPC": [], "DDXZ": []}
    dataset = ogr.Open(str(COUNTY))
    for feature in dataset.GetLayerByName("SQDK"):
        number, geometry = feature.GetField("DKBH"), feature.GetGeometryRef().Clone()
        batches = found["DDXZ" if feature.GetField("KIND") in LINEAR else "CZPC"]
        free = next((b for b in batches if not any(geometry.Intersects(other) for _, other in b)), None)
        if free is None:
            batches.append(free := [])
        free.append((number, geometry))
    return [
        Application(f"430998-{kind}-2026-{n:04}", kind, TITLES[kind].format(n), tuple(number for number, _ in batch))
        for kind, batches in found.items()
        for n, batch in enumerate(batches, 1)
    ]


def hand_in(cases: list[Application]) -> None:
    """Write the applications as the surveyor would (TXT, GBK, CRLF, zone prefix), and import them again."""

    def write() -> None:
        for name in ("txt", "imported"):
            shutil.rmtree(DEMO / name, ignore_errors=True)
            (DEMO / name).mkdir()
        for application in cases:
            parcels = f"{COUNTY}|layername=SQDK|subset={application.subset}"
            qgis_process("exportboundarytxt", PARCELS=parcels, PARCEL_FIELD="DKBH", OUTPUT=application.text)
            imported = DEMO / "imported" / f"{application.number}.gpkg"
            results = qgis_process("importparcels", INPUT=application.text, OUTPUT=imported)
            count, warnings = results["PARCEL_COUNT"], results["WARNING_COUNT"]
            print(f"{application.text.name}: {count:.0f} parcels imported, {warnings:.0f} warnings", flush=True)

    plugin = ROOT / "build" / "plugins" / ".stamp"
    once("handed-in", state_of((DEMO / ".county"), plugin, cases), write)


def review(application: Application) -> dict[str, Any]:
    """Review one case into its own folder."""
    folder = DEMO / "results" / application.number
    shutil.rmtree(folder, ignore_errors=True)
    return qgis_process(
        "review",
        INPUT=application.text,
        CATALOGUE=CATALOGUE,
        PROFILE="demo",
        BUSINESS_TYPE=application.business_type,
        REFERENCE_DATE=REFERENCE_DATE,
        CASE_NUMBER=application.number,
        PROJECT=application.title,
        OUTPUT_FOLDER=folder,
    )


def qgis_process(algorithm: str, **parameters: object) -> dict[str, Any]:
    """Run one of the plugin's algorithms; ends the program with its message when it fails."""
    given = [f"--{name}={value}" for name, value in parameters.items()]
    done = subprocess.run(
        ["qgis_process", "--json", "run", f"landreview:{algorithm}", *given],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    try:
        return dict(json.loads(done.stdout)["results"])
    except (ValueError, KeyError):
        sys.exit(f"landreview:{algorithm} failed:\n{done.stderr.strip() or done.stdout.strip()}")


def kinds() -> dict[str, str]:
    """What the generator meant with each parcel."""
    dataset = ogr.Open(str(COUNTY))
    return {feature.GetField("DKBH"): feature.GetField("KIND") for feature in dataset.GetLayerByName("SQDK")}


def show(application: Application, outputs: dict[str, Any]) -> None:
    """Parcels × rules × verdict × area, and where the files lie."""
    result = json.loads(Path(outputs["RESULT_JSON"]).read_text(encoding="utf-8"))
    meant = kinds()
    print(f"\n{application.number}  {application.title}  ({application.business_type}): {WORDS[result['verdict']]}")
    print(row("parcel", "rule", "verdict", "area m²", "what"))
    for number in dict.fromkeys(finding["parcel"] for finding in result["findings"]):
        show_parcel(number, meant.get(number, ""), [f for f in result["findings"] if f["parcel"] == number])
    for name in ("RESULT_GPKG", "RESULT_JSON", "REPORT_XLSX", "REPORT_DOCX"):
        print(f"  {name:12} {outputs.get(name) or '- (see make doctor)'}")


def show_parcel(number: str, kind: str, findings: list[dict[str, Any]]) -> None:
    """A line for each rule that is not clear; the clear ones together."""
    name = f"{number} {kind}" if number else "(case)"
    for finding in findings:
        if finding["verdict"] != "clear":
            area = f"{finding['area_printed']:,.2f}"
            print(row(name, finding["rule"], WORDS[finding["verdict"]], area, what_of(finding)))
    clear = [finding["rule"] for finding in findings if finding["verdict"] == "clear"]
    for n, line in enumerate(textwrap.wrap(" ".join(clear), 60, break_on_hyphens=False)):
        first = (name, f"{len(clear)} rules", WORDS["clear"], "") if n == 0 else ("", "", "", "")
        print(row(*first, line))


def what_of(finding: dict[str, Any]) -> str:
    """Severity and title, with the distance or the slivers that the area does not show."""
    words = f"{finding['severity']}: {finding['title']['zh']}"
    if finding["distance_m"] is not None:
        words += f", {finding['distance_m']:.2f} m away"
    if finding["dropped"]["count"]:
        words += f", with {finding['dropped']['area_m2']:.2f} m² in slivers"
    return words


def row(*cells: str) -> str:
    """One line of the table; Chinese characters are two columns wide."""
    widths = (24, 14, 24, 15)
    line = ""
    for cell, width in zip(cells, (*widths, 0), strict=True):
        wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in cell)
        blanks = " " * max(1, width - len(cell) - wide)
        line += blanks + cell + "  " if width == widths[-1] else cell + blanks
    return f"  {line.rstrip()}"


if __name__ == "__main__":
    main()
