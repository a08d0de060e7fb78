# SPDX-License-Identifier: GPL-2.0-or-later
"""What LandReview needs from its surroundings, and how an offline folder of libraries joins in.

Standard library only: this module must load when everything else is missing. Libraries are
*appended* to ``sys.path`` and only when an import fails without them: what stands in front would
shadow QGIS's own packages for every other plugin.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import importlib.util
import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

LIBRARIES_VARIABLE = "LANDREVIEW_LIBS"


class Words(NamedTuple):
    """A sentence in both languages."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in ``zh`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


class State(StrEnum):
    """How a dependency was found."""

    GOOD = "good"
    MISSING = "missing"
    TOO_OLD = "too_old"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Need:
    """A package that LandReview uses: its name, the module to import, the oldest version that is tested."""

    name: str
    module: str
    oldest: str
    purpose: Words
    required: bool = True


@dataclass(frozen=True, slots=True)
class Dependency:
    """A need and what was found for it."""

    need: Need
    state: State
    version: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """The name of the package."""
        return self.need.name

    @property
    def fix(self) -> Words:
        """The next step; empty when nothing is wrong."""
        if self.state is State.GOOD:
            return Words("", "")
        if self.state is State.MISSING:
            return _FIX_MISSING
        name, oldest = self.need.name, self.need.oldest
        return Words(
            f"请卸载不可用的 {name}（需 ≥ {oldest}），再从离线安装包安装；Debian：在项目目录运行 make doctor",
            f"Remove the unusable {name} (≥ {oldest} is needed), then install it from the offline bundle; "
            "on Debian: make doctor in the project's folder",
        )


_FIX_MISSING = Words(
    "从离线安装包安装（插件 ▸ LandReview ▸ 环境检查 ▸ 安装离线库），或在项目目录运行 make build",
    "Install it from the offline bundle (Plugins ▸ LandReview ▸ Environment check ▸ Install libraries), "
    "or run make build in the project's folder",
)

NEEDS: tuple[Need, ...] = (
    Need("numpy", "numpy", "1.24", Words("数值计算", "numbers")),
    Need("shapely", "shapely", "2.0.1", Words("叠加分析", "overlay")),
    Need("pydantic", "pydantic", "2.6.0", Words("数据模型", "data models")),
    Need("PyYAML", "yaml", "6.0", Words("规则与目录文件", "rule packs and catalogues")),
    Need("GDAL", "osgeo.gdal", "3.6", Words("读写图层", "reading and writing layers")),
    Need("requests", "requests", "2.28", Words("与数据中心同步", "sync with the data centre"), required=False),
    Need("XlsxWriter", "xlsxwriter", "3.1", Words("XLSX 报告", "XLSX reports"), required=False),
    Need("openpyxl", "openpyxl", "3.1", Words("读取 XLSX", "reading XLSX"), required=False),
    Need("python-docx", "docx", "1.1", Words("DOCX 报告", "DOCX reports"), required=False),
)


def tag() -> str:
    """The name of the library folder for this Python, for example ``cp312-win_amd64``."""
    platform = re.sub(r"[-.]", "_", sysconfig.get_platform())
    return f"cp{sys.version_info.major}{sys.version_info.minor}-{platform}"


def library_folder(profile: Path) -> Path:
    """Where an offline bundle's libraries lie in a QGIS profile."""
    return profile / "landreview" / "libs" / tag()


def add_libraries(profile: Path) -> None:
    """Append library folders to ``sys.path`` as long as a package can't be found without them.

    The folder named by the environment variable LANDREVIEW_LIBS comes first, then the profile's.
    Packages are only looked for, not imported: this runs at QGIS's start.
    """
    named = os.environ.get(LIBRARIES_VARIABLE, "")
    for folder in ([Path(named)] if named else []) + [library_folder(profile)]:
        if all(_present(need) for need in NEEDS):
            break
        if folder.is_dir() and str(folder) not in sys.path:
            sys.path.append(str(folder))
            importlib.invalidate_caches()
            dependencies.cache_clear()
    _bind_shapely_to_its_own_geos()


def _bind_shapely_to_its_own_geos() -> None:
    """Load the compiled parts of a shapely wheel so that they find the GEOS that came with them.

    On Linux QGIS has the system's GEOS in the global scope of symbols, ahead of the wheel's. Where the
    two differ, calls end in the wrong one: errors (``WKB output dimension must be 2 or 3``) or a crash,
    measured with shapely 2.2 (GEOS 3.14) in QGIS 3.40 of Debian 12 (GEOS 3.11).
    """
    deep = getattr(os, "RTLD_DEEPBIND", 0)
    if not deep or "shapely" in sys.modules:
        return
    spec = importlib.util.find_spec("shapely")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not folder.with_name("shapely.libs").is_dir():
        return  # built against the system's GEOS
    for part in sorted(folder.glob("*.so")):
        with contextlib.suppress(OSError):  # a broken wheel is reported by look()
            ctypes.CDLL(str(part), mode=deep | os.RTLD_NOW | os.RTLD_LOCAL)


def _present(need: Need) -> bool:
    try:
        return importlib.util.find_spec(need.module) is not None
    except (ImportError, ValueError):
        return False


def look(need: Need) -> Dependency:
    """Import a package and compare its version."""
    try:
        found = importlib.import_module(need.module)
        if need.module == "shapely":
            found.to_wkb(found.Point(0, 0))  # fails where another GEOS answers than the one it was built for
    except ModuleNotFoundError as error:
        absent = error.name is not None and need.module.startswith(error.name)
        _forget(need.module)
        return Dependency(need, State.MISSING if absent else State.BROKEN, error="" if absent else str(error))
    except Exception as error:  # any broken package must end on the page, not in a traceback
        _forget(need.module)
        return Dependency(need, State.BROKEN, error=f"{type(error).__name__}: {error}")
    version = str(getattr(found, "__version__", ""))
    state = State.GOOD if not version or _ordered(version) >= _ordered(need.oldest) else State.TOO_OLD
    return Dependency(need, state, version)


def _forget(module: str) -> None:
    """Drop what a failed import left behind, so that a second copy is not mixed with parts of the first."""
    top = module.partition(".")[0]
    for name in [name for name in sys.modules if name == top or name.startswith(top + ".")]:
        del sys.modules[name]


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


@cache
def dependencies() -> tuple[Dependency, ...]:
    """Every need and what was found. Cached: algorithms ask each time they are listed."""
    return tuple(look(need) for need in NEEDS)


def missing() -> tuple[Dependency, ...]:
    """The required packages that are missing, too old or broken; empty when the plugin can work."""
    return tuple(found for found in dependencies() if found.need.required and found.state is not State.GOOD)


def absent() -> tuple[Need, ...]:
    """Required packages that can't be found; imports none of them, so it costs nothing at QGIS's start."""
    return tuple(need for need in NEEDS if need.required and not _present(need))


def report_html(language: str) -> str:
    """The environment check as a page (``zh`` or ``en``)."""
    from .environment_report import page

    return page(language)


def report_text(language: str, profile: Path | None = None) -> str:
    """The environment check as plain text, for a terminal."""
    from .environment_report import text

    return text(language, profile)


def unpack_bundle(zip_path: Path, profile: Path) -> Path:
    """Unpack the libraries of an offline bundle into the profile; returns their folder.

    Raises ``environment_bundle.BundleError`` (in both languages) and leaves the profile as it was.
    """
    from .environment_bundle import unpack

    folder = unpack(zip_path, library_folder(profile))
    dependencies.cache_clear()
    return folder
