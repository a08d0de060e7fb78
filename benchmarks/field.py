# SPDX-License-Identifier: GPL-2.0-or-later
"""Who runs: ours (library, and through qgis_process), DuckDB, geopandas, QGIS's own, PostGIS if there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import shapely
from osgeo import ogr
from race import Command, Contestant, Job, csv_total

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(__file__).resolve().parent / "contestants"
PEERS = ("duckdb==1.5.5", "duckdb-extension-spatial==1.5.5", "geopandas", "pyogrio")


def everybody(work: Path) -> list[Contestant]:
    """All contestants that this machine can run, ours first."""
    python = peers_python(work.parent / "peers")
    found = [
        *ours(work),
        _script("DuckDB spatial", str(python), "duckdb_spatial.py"),
        _script("geopandas.overlay", str(python), "geopandas_overlay.py"),
    ]
    if shutil.which("qgis_process"):
        environment = qgis_environment(work)
        found += [
            Contestant("native:intersection", _native("intersection"), _gpkg_total, ".gpkg", environment),
            Contestant("native:calculatevectoroverlaps", _overlaps, _overlaps_total, ".gpkg", environment),
        ]
    if os.environ.get("LANDREVIEW_BENCH_POSTGIS"):
        found.append(_script("PostGIS", sys.executable, "postgis.py"))
    return found


def ours(work: Path) -> list[Contestant]:
    """The engine as a library, and as its users meet it: the algorithm in qgis_process."""
    found = [_script("landreview engine", sys.executable, "ours.py")]
    if shutil.which("qgis_process"):
        environment = qgis_environment(work)
        found.append(Contestant("landreview:areabyclass", _area_by_class, csv_total, ".csv", environment))
    return found


def peers_python(folder: Path) -> Path:
    """The Python of a virtual environment of the peers' own, made on first use."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def qgis_environment(work: Path) -> dict[str, str]:
    """A profile of its own with the plugin enabled, and this Python's packages for it."""
    plugins, profile = work / "plugins", work / "profile"
    target = plugins / "landreview_plugin"
    shutil.rmtree(plugins, ignore_errors=True)
    shutil.copytree(ROOT / "landreview_plugin", target, ignore=shutil.ignore_patterns("__pycache__"))
    if (ROOT / "metadata.txt").exists():
        shutil.copy(ROOT / "metadata.txt", target)
    environment = {
        "QGIS_PLUGINPATH": str(plugins),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "QT_QPA_PLATFORM": "offscreen",
        "LANDREVIEW_LIBS": str(Path(shapely.__file__).resolve().parent.parent),
    }
    command = ["qgis_process", "plugins", "enable", "landreview_plugin"]
    subprocess.run(command, env={**os.environ, **environment}, capture_output=True)  # fails when enabled already
    return environment


def _script(name: str, python: str, script: str) -> Contestant:
    def command(job: Job, out: Path) -> list[str]:
        return [python, str(SCRIPTS / script), str(job.parcels), job.layer, str(job.reference), str(out)]

    return Contestant(name, command, csv_total)


def _area_by_class(job: Job, out: Path) -> list[str]:
    return [
        "qgis_process", "run", "landreview:areabyclass", "--",
        f"PARCELS={job.parcels}|layername={job.layer}", f"REFERENCE={job.reference}|layername=DLTB",
        "CLASS_FIELD=DLBM", "PARCEL_FIELD=DKBH", f"OUTPUT={out}",
    ]  # fmt: skip


def _native(algorithm: str) -> Command:
    def command(job: Job, out: Path) -> list[str]:
        return [
            "qgis_process", "run", f"native:{algorithm}", "--",
            f"INPUT={job.parcels}|layername={job.layer}", f"OVERLAY={job.reference}|layername=DLTB",
            "INPUT_FIELDS=DKBH", "OVERLAY_FIELDS=DLBM", f"OUTPUT={out}",
        ]  # fmt: skip

    return command


def _overlaps(job: Job, out: Path) -> list[str]:
    return [
        "qgis_process", "run", "native:calculatevectoroverlaps", "--",
        f"INPUT={job.parcels}|layername={job.layer}", f"LAYERS={job.reference}|layername=DLTB", f"OUTPUT={out}",
    ]  # fmt: skip


def _gpkg_total(path: Path) -> float:
    """Sum of the areas of all polygons: it writes pieces and sums nothing up."""
    layer = (dataset := ogr.Open(str(path))).GetLayer(0)
    total = sum(feature.GetGeometryRef().GetArea() for feature in layer)
    del dataset
    return float(total)


def _overlaps_total(path: Path) -> float:
    """Sum of its area column; without an ellipsoid it measures on the plane."""
    layer = (dataset := ogr.Open(str(path))).GetLayer(0)
    name = next(f.GetName() for f in layer.schema if f.GetName().endswith("_area"))
    total = sum(feature[name] or 0.0 for feature in layer)
    del dataset
    return float(total)
