# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings, areas and opinions of the package that counts, as rows: for lists and figures over many cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

from landreview_plugin.core.model.opinion import Opinion
from landreview_plugin.core.model.result import AreaRow, Finding

from ..services.packages import Package
from .database import Connection, Row, rows

_FINDINGS = """
INSERT INTO centre.findings (case_id, code, n, rule, rule_version, layer, data_date, parcel, verdict, severity, area_m2,
    count, distance_m, reason_zh, reason_en)
SELECT %s, %s, f.* FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[],
    %s::text[], %s::float[], %s::int[], %s::float[], %s::text[], %s::text[]) f
"""
_AREAS = """
INSERT INTO centre.areas (case_id, code, n, parcel, layer, class, land_group, ownership, owner_code, owner_name,
    area_m2)
SELECT %s, %s, a.* FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::numeric[]) a
"""
_OPINIONS = """
INSERT INTO centre.opinions (case_id, code, n, person, role, passes, conclusion, result_digest, at)
SELECT %s, %s, o.* FROM unnest(%s::int[], %s::text[], %s::text[], %s::bool[], %s::text[], %s::text[],
    %s::timestamptz[]) o
"""


async def put(connection: Connection, package: Package, code: str, *, replaces: bool) -> None:
    """The rows of a package in place of those of the one before."""
    case = package.manifest.case
    if replaces:
        await connection.execute("DELETE FROM centre.findings WHERE case_id = %s", (case,))
        await connection.execute("DELETE FROM centre.areas WHERE case_id = %s", (case,))
        await connection.execute("DELETE FROM centre.opinions WHERE case_id = %s", (case,))
    result = package.result
    findings = result.findings if result else ()
    areas = result.areas if result else ()
    await _insert(connection, _FINDINGS, (case, code), [_finding(finding) for finding in findings])
    await _insert(connection, _AREAS, (case, code), [_area(area) for area in areas])
    await _insert(connection, _OPINIONS, (case, code), [_opinion(opinion) for opinion in package.opinions])


async def _insert(
    connection: Connection, query: LiteralString, where: tuple[str, str], values: Sequence[tuple[Any, ...]]
) -> None:
    if values:
        columns = [list(column) for column in zip(*values, strict=True)]
        await connection.execute(query, (*where, list(range(len(values))), *columns))


def _finding(one: Finding) -> tuple[Any, ...]:
    return (
        one.rule,
        one.rule_version,
        one.layer,
        one.data_date,
        one.parcel,
        one.verdict.value,
        one.severity.value,
        one.area_m2,
        one.count,
        one.distance_m,
        one.reason.zh,
        one.reason.en,
    )


def _area(one: AreaRow) -> tuple[Any, ...]:
    return (
        one.parcel,
        one.layer,
        one.class_,
        one.group,
        one.ownership,
        one.owner_code,
        one.owner_name,
        one.area_m2,
    )


def _opinion(one: Opinion) -> tuple[Any, ...]:
    return (one.person, one.role.value, one.passes, one.conclusion, one.result_digest, one.at)


async def of_case(connection: Connection, case: str) -> dict[str, list[Row]]:
    """Findings, areas and opinions of a case."""
    return {
        "findings": await rows(connection, "SELECT * FROM centre.findings WHERE case_id = %s ORDER BY n", (case,)),
        "areas": await rows(connection, "SELECT * FROM centre.areas WHERE case_id = %s ORDER BY n", (case,)),
        "opinions": await rows(connection, "SELECT * FROM centre.opinions WHERE case_id = %s ORDER BY n", (case,)),
    }
