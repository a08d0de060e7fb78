# SPDX-License-Identifier: GPL-2.0-or-later
"""The environment check, to be read: a row for each thing, its version, and the fix when one is needed."""

from __future__ import annotations

import html
import importlib
import os
import platform
import shutil
import subprocess  # nosec B404 - one fixed command, no shell
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import environment
from .environment import Dependency, State, Words

_FONT_FILES = ("msyh", "simsun", "simhei", "simfang", "simkai", "noto*cjk", "wqy", "sourcehan", "fandol", "pingfang")
_NONE = Words("", "")
QGIS_OLDEST = 34000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the check. ``grave``: the plugin can't do its main job without it."""

    thing: Words
    value: str
    good: bool
    grave: bool = False
    fix: Words = _NONE


def rows(profile: Path | None = None) -> tuple[Row, ...]:
    """Everything that is looked at."""
    found = [_dependency(dependency) for dependency in environment.dependencies()]
    return (_python(), _qgis(), *found, _engines(), _proj(), _font(), _profile(profile or _profile_folder()))


def text(language: str, profile: Path | None = None) -> str:
    """The check as plain text, for a terminal."""
    lines = []
    for row in rows(profile):
        mark = "ok  " if row.good else "MISS" if row.grave else "warn"
        lines.append(f"{mark}  {row.thing.say(language)}: {row.value}")
        if not row.good:
            lines.append(f"      -> {row.fix.say(language)}")
    return "\n".join(lines)


def page(language: str, profile: Path | None = None) -> str:
    """The check as HTML for a text browser."""
    title = Words("LandReview 环境检查", "LandReview: environment check").say(language)
    body = "".join(_html_row(row, language) for row in rows(profile))
    return f"<h2>{html.escape(title)}</h2><table cellpadding='4'>{body}</table>"


def _html_row(row: Row, language: str) -> str:
    mark = "✔" if row.good else "✘" if row.grave else "!"
    fix = "" if row.good else f"<br/><i>{html.escape(row.fix.say(language))}</i>"
    return (
        f"<tr><td><b>{mark}</b></td><td>{html.escape(row.thing.say(language))}</td>"
        f"<td>{html.escape(row.value)}{fix}</td></tr>"
    )


def _dependency(found: Dependency) -> Row:
    words = {
        State.GOOD: found.version or "ok",
        State.MISSING: "—",
        State.TOO_OLD: f"{found.version} < {found.need.oldest}",
        State.BROKEN: found.error,
    }
    purpose = found.need.purpose
    thing = Words(f"{found.name}（{purpose.zh}）", f"{found.name} ({purpose.en})")
    return Row(thing, words[found.state], found.state is State.GOOD, found.need.required, found.fix)


def _python() -> Row:
    good = sys.version_info >= (3, 11)
    fix = Words("请安装 QGIS ≥ 3.40（自带 Python ≥ 3.11）", "Install QGIS ≥ 3.40, which brings Python ≥ 3.11")
    return Row(Words("Python", "Python"), f"{platform.python_version()} ({environment.tag()})", good, True, fix)


def _qgis() -> Row:
    fix = Words(
        "请安装 QGIS ≥ 3.40（Debian：在项目目录运行 make demo）",
        "Install QGIS ≥ 3.40 (Debian: make demo in the project's folder)",
    )
    core = _module("qgis.core")
    if core is None:
        return Row(Words("QGIS", "QGIS"), "—", False, True, fix)
    return Row(Words("QGIS", "QGIS"), core.Qgis.version(), core.Qgis.versionInt() >= QGIS_OLDEST, True, fix)


def _engines() -> Row:
    """Versions of GEOS and PROJ, as they stand in every result."""
    shapely, osr = _module("shapely"), _module("osgeo.osr")
    geos = ".".join(map(str, shapely.geos_version)) if shapely else "—"
    proj = ".".join(str(part()) for part in _proj_version(osr)) if osr else "—"
    return Row(Words("计算引擎", "Engines"), f"GEOS {geos}, PROJ {proj}", shapely is not None and osr is not None)


def _proj_version(osr: Any) -> tuple[Any, ...]:
    return (osr.GetPROJVersionMajor, osr.GetPROJVersionMinor, osr.GetPROJVersionMicro)


def _proj() -> Row:
    """PROJ's database must know the zones of CGCS2000; datum grids are an office's own, kept beside it."""
    thing = Words("PROJ 数据库", "PROJ database")
    fix = Words(
        "请重装 PROJ 数据（Debian：apt-get install proj-data）", "Install PROJ's data again (Debian: proj-data)"
    )
    osr = _module("osgeo.osr")
    if osr is None:
        return Row(thing, "—", False, True, fix)
    folders = [Path(folder) for folder in osr.GetPROJSearchPaths()]
    grids = sum(len(list(folder.glob(pattern))) for folder in folders for pattern in ("*.tif", "*.gsb", "*.gtx"))
    try:
        good = osr.SpatialReference().ImportFromEPSG(4526) == 0
    except RuntimeError:
        good = False
    found = next((str(folder) for folder in folders if (folder / "proj.db").is_file()), "—")
    return Row(thing, f"{found} (EPSG:4526 {'ok' if good else '—'}, grids: {grids})", good, True, fix)


def _font() -> Row:
    """Reports and maps need a font with Chinese characters."""
    thing = Words("中文字体", "CJK font")
    fix = Words(
        "请安装中文字体（Debian：apt-get install fonts-noto-cjk）", "Install a CJK font (Debian: fonts-noto-cjk)"
    )
    name = _font_by_list() or _font_by_folder()
    return Row(thing, name or "—", bool(name), False, fix)


def _font_by_list() -> str:
    command = shutil.which("fc-list")
    if command is None:
        return ""
    try:
        listed = subprocess.run(  # noqa: S603 - fixed arguments # nosec B603
            [command, ":lang=zh-cn", "family"],
            capture_output=True,
            timeout=20,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return next((line.strip() for line in sorted(listed.stdout.splitlines()) if line.strip()), "")


def _font_by_folder() -> str:
    windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    folders = (windows, Path("/usr/share/fonts"), Path("/System/Library/Fonts"), Path.home() / ".fonts")
    for folder in folders:
        for pattern in _FONT_FILES:
            for found in folder.rglob(f"{pattern}*.tt[cf]"):
                return found.name
    return ""


def _profile(folder: Path | None) -> Row:
    thing = Words("配置目录可写", "Profile is writable")
    if folder is None:
        fix = Words("请在 QGIS 中运行", "Run it inside QGIS")
        return Row(thing, "—", False, False, fix)
    fix = Words(
        f"请授予当前用户对 {folder} 的写权限，并检查磁盘空间",
        f"Give this user the right to write to {folder}, and check the disk's free space",
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"landreview")
    except OSError as error:
        return Row(thing, f"{folder}: {error.strerror or error}", False, True, fix)
    return Row(thing, str(folder), True, True, fix)


def _profile_folder() -> Path | None:
    core = _module("qgis.core")
    path = core.QgsApplication.qgisSettingsDirPath() if core else ""
    if path:
        return Path(path)
    named = os.environ.get("QGIS_CUSTOM_CONFIG_PATH", "")
    return Path(named) if named else None


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except Exception:  # whatever is broken becomes a row of the page
        return None
