# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings, areas and opinions of the package that counts, as rows: for lists and figures over many cases."""

from __future__ import annotations

from collections.abc import Iterator

from ..services.packages import Package
from .database import Connection, Row, rows
from .together import Write, columns

_FINDINGS = """
INSERT INTO centre.findings (case_id, code, n, rule, rule_version, layer, data_date, parcel, verdict, severity, area_m2,
    count, distance_m, reason_zh, reason_en)
SELECT %(case)s, %(code)s, f.* FROM unnest(%(finding_n)b::int[], %(finding_rule)b::text[],
    %(finding_rule_version)b::text[], %(finding_layer)b::text[], %(finding_data_date)s::date[],
    %(finding_parcel)b::text[], %(finding_verdict)b::text[], %(finding_severity)b::text[],
    %(finding_area_m2)b::float[], %(finding_count)b::int[], %(finding_distance_m)s::float[],
    %(finding_reason_zh)b::text[], %(finding_reason_en)b::text[]) f
"""
_AREAS = """
INSERT INTO centre.areas (case_id, code, n, parcel, layer, class, land_group, ownership, owner_code, owner_name,
    area_m2)
SELECT %(case)s, %(code)s, a.* FROM unnest(%(area_n)b::int[], %(area_parcel)b::text[], %(area_layer)b::text[],
    %(area_class_)b::text[], %(area_group)b::text[], %(area_ownership)b::text[], %(area_owner_code)b::text[],
    %(area_owner_name)b::text[], %(area_area_m2)s::numeric[]) a
"""
_OPINIONS = """
INSERT INTO centre.opinions (case_id, code, n, person, role, passes, conclusion, result_digest, at)
SELECT %(case)s, %(code)s, o.* FROM unnest(%(opinion_n)b::int[], %(opinion_person)b::text[], %(opinion_role)b::text[],
    %(opinion_passes)b::bool[], %(opinion_conclusion)b::text[], %(opinion_result_digest)b::text[],
    %(opinion_at)s::timestamptz[]) o
"""
_AREA_NAMES = ("parcel", "layer", "class_", "group", "ownership", "owner_code", "owner_name", "area_m2")
_OPINION_NAMES = ("person", "role", "passes", "conclusion", "result_digest", "at")
_FINDING_NAMES = (
    "rule", "rule_version", "layer", "data_date", "parcel", "verdict", "severity", "area_m2", "count", "distance_m",
)  # fmt: skip


def writes(package: Package) -> Iterator[Write]:
    """The rows that a package has."""
    findings = package.result.findings if package.result else ()
    areas = package.result.areas if package.result else ()
    if findings:
        reasons = {
            f"finding_reason_{tongue}": [getattr(one.reason, tongue) for one in findings] for tongue in ("zh", "en")
        }
        yield Write(_FINDINGS, columns("finding", findings, _FINDING_NAMES) | reasons)
    if areas:
        yield Write(_AREAS, columns("area", areas, _AREA_NAMES))
    if package.opinions:
        yield Write(_OPINIONS, columns("opinion", package.opinions, _OPINION_NAMES))


async def of_case(connection: Connection, case: str) -> dict[str, list[Row]]:
    """Findings, areas and opinions of a case."""
    return {
        "findings": await rows(connection, "SELECT * FROM centre.findings WHERE case_id = %s ORDER BY n", (case,)),
        "areas": await rows(connection, "SELECT * FROM centre.areas WHERE case_id = %s ORDER BY n", (case,)),
        "opinions": await rows(connection, "SELECT * FROM centre.opinions WHERE case_id = %s ORDER BY n", (case,)),
    }
