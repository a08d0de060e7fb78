# SPDX-License-Identifier: GPL-2.0-or-later
"""What is installed, what is missing, how to mend it. Imports nothing that may be missing.

Packages that an office had to unpack by hand lie in ``<profile>/landreview/libs/<tag>``; they are
*appended* to the path, and only when an import fails without them, so that they never stand in
front of a copy that QGIS or another plugin uses.
"""

from __future__ import annotations

import html
import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

LIBS_VARIABLE = "LANDREVIEW_LIBS"
"""Folder with packages, for qgis_process and tests."""


@dataclass(frozen=True)
class Dependency:
    """A package that the plugin uses."""

    name: str
    module: str
    lowest: tuple[int, ...]
    required: bool
    purpose_zh: str
    purpose_en: str


DEPENDENCIES = (
    Dependency("numpy", "numpy", (1, 24), True, "数值计算", "numbers"),
    Dependency("shapely", "shapely", (2, 0), True, "几何运算", "geometry"),
    Dependency("pydantic", "pydantic", (2, 6), True, "数据模型", "models"),
    Dependency("PyYAML", "yaml", (6, 0), True, "规则包与目录", "rule packs and catalogues"),
    Dependency("GDAL", "osgeo.gdal", (3, 6), True, "读取数据", "reading data"),
    Dependency("XlsxWriter", "xlsxwriter", (3, 0), False, "输出XLSX", "XLSX reports"),
    Dependency("openpyxl", "openpyxl", (3, 1), False, "读取XLSX", "reading XLSX"),
    Dependency("python-docx", "docx", (1, 0), False, "输出DOCX", "DOCX reports"),
)


def libraries_tag() -> str:
    """Folder name of packages for this interpreter: wheels fit one Python version and system."""
    system = {"win32": "win_amd64", "linux": "linux_x86_64", "darwin": "macos"}.get(sys.platform, sys.platform)
    return f"cp{sys.version_info.major}{sys.version_info.minor}-{system}"


def add_libraries(profile: Path) -> None:
    """Append the office's packages to the path, if something is missing without them."""
    folders = [Path(os.environ.get(LIBS_VARIABLE, "") or "."), profile / "landreview" / "libs" / libraries_tag()]
    for folder in folders:
        if all(_present(dependency) for dependency in DEPENDENCIES):
            return
        if folder != Path() and folder.is_dir() and str(folder) not in sys.path:
            sys.path.append(str(folder))
            importlib.invalidate_caches()


def _present(dependency: Dependency) -> bool:
    try:
        return importlib.util.find_spec(dependency.module) is not None
    except (ImportError, ValueError):
        return False


def version(dependency: Dependency) -> str | None:
    """The version that an import finds; None when it is missing or broken."""
    if not _present(dependency):
        return None
    try:
        module = importlib.import_module(dependency.module)
    except Exception:  # a broken package may raise anything: the page must show all the same
        return None
    return str(getattr(module, "VERSION", None) or getattr(module, "__version__", None) or "?")


def fits(dependency: Dependency) -> bool:
    """Whether the package is there and new enough."""
    found = version(dependency)
    if found is None:
        return False
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    return not numbers or numbers >= dependency.lowest[: len(numbers)]


def missing() -> tuple[Dependency, ...]:
    """Required packages that are missing, broken or too old."""
    return tuple(dependency for dependency in DEPENDENCIES if dependency.required and not fits(dependency))


def absent() -> tuple[Dependency, ...]:
    """Required packages that can't be found; imports none of them, so it costs nothing at QGIS's start."""
    return tuple(dependency for dependency in DEPENDENCIES if dependency.required and not _present(dependency))


def rows(language: str) -> list[tuple[str, str, str, str]]:
    """Name, version, state, fix: one row a dependency."""
    zh = language == "zh"
    result = []
    for dependency in DEPENDENCIES:
        found = version(dependency)
        good = fits(dependency)
        purpose = dependency.purpose_zh if zh else dependency.purpose_en
        if good:
            state, fix = ("正常", "") if zh else ("fine", "")
        else:
            lowest = ".".join(map(str, dependency.lowest))
            needed = "必需" if zh else "required"
            optional = "可选" if zh else "optional"
            state = needed if dependency.required else optional
            fix = (
                f"需要{dependency.name} ≥ {lowest}：解压发布包中的离线库，或运行 make build"
                if zh
                else f"needs {dependency.name} ≥ {lowest}: unpack the offline libraries of the release, or run make build"
            )
        result.append((f"{dependency.name} ({purpose})", found or "-", state, fix))
    python = ".".join(map(str, sys.version_info[:3]))
    return [("Python", python, "正常" if zh else "fine", ""), *result]


def report_text(language: str) -> str:
    """The check as plain text."""
    return "\n".join(f"{name:36} {found:12} {state:10} {fix}".rstrip() for name, found, state, fix in rows(language))


def report_html(language: str) -> str:
    """The check as a page."""
    title = "环境检查" if language == "zh" else "Environment check"
    cells = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows(language)
    )
    return f"<h2>LandReview: {title}</h2><table border='1' cellspacing='0' cellpadding='4'>{cells}</table>"
