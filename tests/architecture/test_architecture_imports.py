# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may import whom, late imports included: the table of docs/architecture.md, and nothing more than it allows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from architecture_source import Source, Sources

NUMBERS = {"numpy", "shapely", "pydantic", "pydantic_core"}
REPORTS = {"xlsxwriter", "openpyxl", "docx", "docxtpl", "jinja2", "lxml"}
ROOMS = {"core", "sources", "store", "project", "report", "jobs", "sync", "processing", "gui"}
HELPERS = {"i18n", "settings", "environment"}

# room → (rooms that it may import, packages that it may import)
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "core": ({"core"}, NUMBERS | {"yaml"}),
    "sources": ({"core", "sources"}, NUMBERS | {"osgeo", "openpyxl", "ezdxf"}),
    "store": ({"core", "store"}, NUMBERS),
    "project": ({"core", "sources", "project", "settings"}, NUMBERS | {"qgis"}),
    "report": ({"core", "store", "report"}, NUMBERS | REPORTS | {"qgis"}),
    "jobs": ({"core", "sources", "store", "report", "jobs"}, NUMBERS | {"yaml", "osgeo", "dask", "distributed"}),
    "sync": ({"core", "store", "sync"}, NUMBERS | {"requests", "cryptography"}),
    "processing": (ROOMS - {"gui"} | HELPERS, NUMBERS | {"qgis", "osgeo"}),
    "gui": (ROOMS | HELPERS, NUMBERS | {"qgis"}),
    "i18n": ({"i18n", "settings"}, {"qgis"}),
    "settings": ({"settings"}, {"qgis"}),
    "environment": ({"environment"}, set()),
    "plugin": (ROOMS | HELPERS | {"plugin"}, {"qgis"}),
    "processing_scripts": ({"core", "processing", "jobs", "sources", "environment", "i18n"}, {"qgis", "processing"}),
    "datacenter": (
        {"core", "sources", "sync", "datacenter"},
        NUMBERS
        | {"yaml", "osgeo", "fastapi", "starlette", "sqlalchemy", "psycopg", "alembic", "uvicorn", "jinja2"}
        | {"argon2", "prometheus_client", "psycopg_pool"},
    ),
}
NETWORK = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "asyncio", "socketserver", "xmlrpc"}
FORBIDDEN_STANDARD = {
    "core": NETWORK | {"sqlite3", "subprocess", "tkinter", "multiprocessing", "pickle"},
    "gui": NETWORK | {"sqlite3", "subprocess", "multiprocessing", "pickle"},
    "processing": {"sqlite3", "pickle"} | NETWORK,
}


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every module that a file imports, relative names resolved."""
    package = ".".join(source.path.with_suffix("").parts[:-1])
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, base] if base else parents)
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def breach(room: str, module: str) -> str:
    """Why ``room`` may not import ``module``; empty when it may."""
    rooms, packages = TABLE[room]
    top, _, rest = module.partition(".")
    if top == "landreview_plugin":
        target = rest.split(".")[0].partition("_")[0] if rest else "plugin"
        return "" if target in rooms else f"{room} imports {target}"
    if top in sys.stdlib_module_names:
        return f"{room} imports {top}" if top in FORBIDDEN_STANDARD.get(room, ()) else ""
    return "" if top in packages or top in rooms else f"{room} imports {top}"


def test_every_room_stands_in_the_table(sources: Sources) -> None:
    rooms = {source.room for source in sources} - {"plugin"}
    assert rooms <= set(TABLE), f"rooms without a row: {rooms - set(TABLE)}"


@pytest.mark.parametrize("room", sorted(TABLE))
def test_a_room_imports_only_what_its_row_allows(sources: Sources, room: str) -> None:
    breaches = [
        f"{source.at(node)}: {why}"
        for source in sources
        if source.room == room
        for node, module in imports(source)
        if (why := breach(room, module))
    ]
    assert not breaches, "\n".join(breaches)


def test_only_maps_of_the_report_know_qgis(sources: Sources) -> None:
    knowing = {
        source.path.name
        for source in sources
        if source.room == "report"
        for _, module in imports(source)
        if module.startswith("qgis")
    }
    assert knowing <= {"maps.py"}


def test_algorithms_use_no_widgets(sources: Sources) -> None:
    banned = ("qgis.gui", "qgis.utils", "qgis.PyQt.QtWidgets")
    found = [
        f"{source.at(node)}: {module}"
        for source in sources
        if source.room in ("processing", "project", "sources", "processing_scripts")
        for node, module in imports(source)
        if module.startswith(banned)
    ]
    assert not found, "\n".join(found)


def test_qt_comes_through_qgis(sources: Sources) -> None:
    banned = ("PyQt4", "PyQt5", "PyQt6", "PySide2", "PySide6", "sip")
    found = [source.at(node) for source in sources for node, module in imports(source) if module.startswith(banned)]
    assert not found, "\n".join(found)


def test_the_table_notices_a_breach() -> None:
    assert breach("core", "qgis.core")
    assert breach("core", "landreview_plugin.sources.catalogue.open_file")
    assert breach("core", "socket")
    assert breach("environment", "numpy")
    assert not breach("core", "landreview_plugin.core.tables")


def test_core_can_be_imported_where_neither_qgis_nor_gdal_is(root: Path) -> None:
    """A server without QGIS: every module of core, with both packages blocked."""
    program = """
import importlib, pkgutil, sys
for blocked in ("qgis", "osgeo", "PyQt5", "PyQt6", "requests"):
    sys.modules[blocked] = None
import landreview_plugin.core as core
names = [module.name for module in pkgutil.walk_packages(core.__path__, "landreview_plugin.core.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
