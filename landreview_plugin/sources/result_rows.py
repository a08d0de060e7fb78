# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a result GeoPackage, in the order of the fields of ``result_layers``."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping

import shapely

from ..core.evidence.recorder import RecordedFeature
from ..core.model.result import AreaRow, Finding, ParcelSummary, ReviewResult, RuleSeverity, Uncovered, Verdict

Value = str | int | float | dt.date | None
Rows = Iterator[tuple[shapely.Geometry | None, tuple[Value, ...]]]


def parcel_rows(result: ReviewResult) -> Rows:
    """Each parcel with its verdict and how many of its findings stand in the way of "clear".

    Findings of the whole case count for every parcel.
    """
    own: dict[str, list[Finding]] = {}
    for finding in result.findings:
        own.setdefault(finding.parcel, []).append(finding)
    whole = own.pop("", [])
    for parcel in result.parcels:
        yield parcel.geometry, _parcel(parcel, whole + own.get(parcel.number, []))


def _parcel(parcel: ParcelSummary, findings: list[Finding]) -> tuple[Value, ...]:
    counts = Counter(finding.verdict for finding in findings)
    worst = RuleSeverity.worst(f.severity for f in findings if f.verdict is Verdict.CONFLICT)
    ellipsoidal, stated = parcel.area_ellipsoidal_m2, parcel.stated_area_ha
    return (
        parcel.number,
        parcel.name,
        parcel.use,
        parcel.verdict.value,
        worst.value if worst else None,
        counts[Verdict.CONFLICT],
        counts[Verdict.NOT_CHECKED],
        counts[Verdict.PARTLY_COVERED],
        float(parcel.area_m2),
        float(parcel.area_planar_m2),
        None if ellipsoidal is None else float(ellipsoidal),
        None if stated is None else float(stated),
    )


def finding_rows(result: ReviewResult) -> Rows:
    """Every finding, also those without a geometry."""
    for finding in result.findings:
        yield finding.geometry, _finding(finding)


def _finding(finding: Finding) -> tuple[Value, ...]:
    return (
        finding.id,
        finding.rule,
        finding.rule_version,
        finding.title.zh,
        finding.title.en,
        finding.parcel,
        finding.verdict.value,
        finding.severity.value,
        finding.area_m2,
        finding.area_planar_m2,
        float(finding.area_printed),
        finding.share,
        finding.count,
        finding.distance_m,
        finding.reason.zh,
        finding.reason.en,
        finding.layer,
        finding.data_date,
        "；".join(f"{basis.law}{basis.article}" for basis in finding.basis),
        "；".join(feature.label or f"#{feature.fid}" for feature in finding.features),
        finding.dropped.count,
        finding.dropped.area_m2,
        "；".join(finding.open_questions),
        finding.standing,
    )


def uncovered_rows(result: ReviewResult) -> Rows:
    """Land that was not checked because no layer reaches it."""
    for each in result.uncovered:
        yield each.geometry, _uncovered(each)


def _uncovered(each: Uncovered) -> tuple[Value, ...]:
    return each.parcel, each.layer, float(each.area_m2), each.around_m, each.reason.zh, each.reason.en


def feature_rows(touched: Mapping[str, tuple[RecordedFeature, ...]]) -> Rows:
    """The touched reference features, their attributes as JSON."""
    for layer, features in touched.items():
        for feature in features:
            values = {name: _plain(value) for name, value in feature.attributes.items()}
            yield feature.geometry, (layer, feature.fid, json.dumps(values, ensure_ascii=False))


def _plain(value: object) -> object:
    """What JSON has a word for; numpy scalars as Python's, NaN (an empty number field) as null."""
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    if plain is None or isinstance(plain, (str, int, bool)) or (isinstance(plain, float) and math.isfinite(plain)):
        return plain
    return None if isinstance(plain, float) else str(plain)


def area_rows(result: ReviewResult) -> Rows:
    """The area table."""
    for row in result.areas:
        yield None, _area(row)


def _area(row: AreaRow) -> tuple[Value, ...]:
    kind = (row.parcel, row.layer, row.class_, row.class_name, row.group, row.ownership)
    return (*kind, row.owner_code, row.owner_name, row.slope, row.grade, float(row.area_m2))


def judgement_rows(result: ReviewResult) -> Rows:
    """Every judgement that people gave, in their order."""
    for each in result.people.judgements:
        files = "；".join(each.attachments)
        who = (each.person, each.role.value, each.at.isoformat())
        yield None, (each.finding, each.mark.value, each.ground, files, *who, each.result_digest)


def opinion_rows(result: ReviewResult) -> Rows:
    """Every opinion on the case, in their order."""
    for each in result.people.opinions:
        who = (each.person, each.role.value, each.at.isoformat())
        yield None, (each.conclusion, "yes" if each.passes else "no", *who, each.result_digest)


def provenance_rows(result: ReviewResult, pack_text: str) -> Rows:
    """Key and value of what the result rests on; the pack's text and the whole ``result.json`` among them."""
    case = result.case.model_dump(mode="json", exclude={"answers"})
    single = result.provenance.model_dump(mode="json", exclude={"layers", "tolerances", "versions"})
    values: dict[str, object] = {f"case.{key}": value for key, value in case.items()}
    values |= {f"answer.{key}": value for key, value in sorted(result.case.answers.items())}
    values |= {"verdict": result.verdict.value, "worst_severity": result.worst_severity or ""}
    values |= single
    values |= {f"tolerance.{key}": value for key, value in sorted(result.provenance.tolerances.items())}
    values |= {f"version.{key}": value for key, value in sorted(result.provenance.versions.items())}
    values |= {f"layer.{use.key}": use.model_dump_json() for use in result.provenance.layers}
    values |= {"digest": result.digest, "pack_text": pack_text, "result_json": result.model_dump_json(by_alias=True)}
    for key, value in values.items():
        yield None, (key, str(value))
