# SPDX-License-Identifier: GPL-2.0-or-later
"""The formats of a report: which there are, which can be written here, and writing several at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from ..core.model.base import Language, Text
from ..core.model.opinion import People
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from .docx import write_docx
from .json_result import write_json
from .modules import missing
from .xlsx import write_xlsx

FORMATS = ("json", "gpkg", "xlsx", "docx", "pdf")
_NEEDS = {"xlsx": "xlsxwriter", "docx": "docx"}
_NO_PDF = Text(zh="尚不能输出PDF，请打印DOCX", en="PDF can't be written yet; print the DOCX")


def available() -> dict[str, Text | None]:
    """Every format with None when it can be written here, else with the reason why not.

    ``gpkg`` is written by ``sources.result_gpkg``, not by this room.
    """
    reasons: dict[str, Text | None] = dict.fromkeys(FORMATS)
    reasons |= {name: missing(package) for name, package in _NEEDS.items()}
    return reasons | {"pdf": _NO_PDF}


def require(formats: Iterable[str]) -> None:
    """Refuse formats that can't be written here, before anything is.

    Raises LandReviewError E-CASE-PARAM for an unknown name, E-ENV-MODULE with the reason else.
    """
    reasons = available()
    for name in formats:
        if name not in reasons:
            known = ", ".join(FORMATS)
            raise LandReviewError(
                "E-CASE-PARAM",
                detail=Text(zh=f"未知格式 {name}，可用：{known}", en=f"unknown format {name}; known: {known}"),
            )
        if (why := reasons[name]) is not None:
            raise LandReviewError("E-ENV-MODULE", detail=why)


def write_reports(
    result: ReviewResult,
    folder: Path,
    stem: str,
    formats: Iterable[str],
    language: Language | str = Language.ZH,
    people: People | None = None,
) -> dict[str, Path]:
    """Write ``<stem>.<format>`` into ``folder`` for each format; returns where each lies.

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
    }
    written = {name: folder / f"{stem}.{name}" for name in wanted}
    for name, path in written.items():
        writers[name](path)
    return written
