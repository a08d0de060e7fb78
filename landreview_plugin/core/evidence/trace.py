# SPDX-License-Identifier: GPL-2.0-or-later
"""Trace ids: a short name for every figure of a result, the same on every run and in every office.

``F:PBF-01/1`` a finding, ``A:1/0101/3f9c2a71`` a row of the area table, ``P:1`` a parcel, ``U:dltb/1``
uncovered land. ``#share`` behind it asks for one figure of several.
"""

from __future__ import annotations

from ..model.result import AreaRow, Finding, ParcelSummary, ReviewResult, Uncovered
from .hashes import text_sha256

TAIL = 8
"""Hex digits that tell rows of one class apart: by owner, ownership, slope and grade."""


def traced(result: ReviewResult) -> ReviewResult:
    """The result with a trace id on every finding, area row, parcel and uncovered piece."""
    return result.model_copy(
        update={
            "parcels": tuple(each.model_copy(update={"trace": parcel_trace(each)}) for each in result.parcels),
            "findings": tuple(each.model_copy(update={"trace": finding_trace(each)}) for each in result.findings),
            "areas": tuple(each.model_copy(update={"trace": area_trace(each)}) for each in result.areas),
            "uncovered": tuple(each.model_copy(update={"trace": uncovered_trace(each)}) for each in result.uncovered),
        }
    )


def finding_trace(finding: Finding) -> str:
    """By rule and parcel."""
    return f"F:{finding.id}"


def parcel_trace(parcel: ParcelSummary) -> str:
    """By number."""
    return f"P:{parcel.number}"


def uncovered_trace(uncovered: Uncovered) -> str:
    """By layer and parcel; of land around the parcel with the distance."""
    around = f"~{uncovered.around_m:g}" if uncovered.around_m else ""
    return f"U:{uncovered.layer}/{uncovered.parcel}{around}"


def area_trace(row: AreaRow) -> str:
    """By parcel and class; a hash of the rest tells owners, slopes and grades apart."""
    rest = (row.layer, row.ownership, row.owner_code, row.owner_name, row.slope, row.grade)
    return f"A:{row.parcel}/{row.class_ or '-'}/{text_sha256(chr(31).join(rest))[:TAIL]}"
