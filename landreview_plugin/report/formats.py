# SPDX-License-Identifier: GPL-2.0-or-later
"""The formats of a report: which there are, which can be written here, and writing several at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from ..core.model.base import Language, Text
from ..core.model.opinion import People
from ..core.model.problems import LandReviewError, Place
from ..core.model.result import ReviewResult
from .docx import write_docx
from .json_result import write_json
from .modules import missing
from .xlsx import write_xlsx

FORMATS = ("json", "gpkg", "xlsx", "docx", "pdf")
_NEEDS = {"xlsx": "xlsxwriter", "docx": "docx"}
_NO_QGIS = Text(zh="PDF中的地图需要QGIS", en="the maps of a PDF need QGIS")


def available() -> dict[str, Text | None]:
    """Every format with None when it can be written here, else with the reason why not.

    ``gpkg`` is written by ``sources.result_gpkg``, not by this room.
    """
    return {name: _why_not(name) for name in FORMATS}


def _why_not(name: str) -> Text | None:
    if name in _NEEDS:
        return missing(_NEEDS[name])
    return _no_pdf() if name == "pdf" else None


def _no_pdf() -> Text | None:
    try:
        from . import maps  # noqa: F401 - only whether it can be
    except ImportError:
        return _NO_QGIS
    return None


def require(formats: Iterable[str]) -> None:
    """Refuse formats that can't be written here, before anything is.

    Raises LandReviewError E-CASE-PARAM for an unknown name, E-ENV-MODULE with the reason else.
    """
    for name in formats:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise LandReviewError(
                "E-CASE-PARAM",
                detail=Text(zh=f"未知格式 {name}，可用：{known}", en=f"unknown format {name}; known: {known}"),
            )
        if (why := _why_not(name)) is not None:
            raise LandReviewError("E-ENV-MODULE", detail=why)


def write_reports(
    result: ReviewResult,
    folder: Path,
    stem: str,
    formats: Iterable[str],
    language: Language | str = Language.ZH,
    people: People | None = None,
    map_template: Path | None = None,
) -> dict[str, Path]:
    """Write ``<stem>.<format>`` into ``folder`` for each format; returns where each lies.

    A PDF takes its maps from ``<stem>.gpkg`` in the folder and its map pages from ``map_template`` (a QGIS layout).
    ``people``: judgements and opinions to print beside the findings (default: the result's own).

    ``gpkg`` is passed over: it is not this room's. Nothing is written when one of the formats is
    refused by :func:`require`; each file is whole or not there.
    """
    wanted = [name for name in dict.fromkeys(formats) if name != "gpkg"]
    require(wanted)
    if people is not None:
        result = result.model_copy(update={"people": people})
    writers = {
        "json": partial(write_json, result),
        "xlsx": partial(write_xlsx, result, language=Language(language)),
        "docx": partial(write_docx, result, language=Language(language)),
        "pdf": partial(_write_pdf, result, folder / f"{stem}.gpkg", Language(language), map_template),
    }
    written = {name: folder / f"{stem}.{name}" for name in wanted}
    for name, path in written.items():
        writers[name](path)
    return written


def _write_pdf(result: ReviewResult, package: Path, language: Language, template: Path | None, path: Path) -> None:
    """Only now: QGIS is not everywhere."""
    from .maps import write_pdf

    if not package.is_file():
        raise LandReviewError("E-SRC-MISSING", place=Place(file=package.name))
    write_pdf(result, package, path, language, template)
