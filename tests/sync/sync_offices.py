# SPDX-License-Identifier: GPL-2.0-or-later
"""Offices for the tests of sync: who works there, and cases as people make them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import shapely

from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.opinion import Judgement, Mark, Opinion, Role
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.result import Provenance, ReviewResult, Verdict
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.store.entries import Actor, ResultEntry
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.contents import bytes_of
from landreview_plugin.sync.package import Package
from landreview_plugin.sync.protocol import Manifest, Part, PartKind

COUNTY = Actor(person="李四", office="430998", role="technician")
CITY = Actor(person="王五", office="4309", role="reviewer")
PROVINCE = Actor(person="赵六", office="43", role="leader")
AT = dt.datetime(2026, 9, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
COVER = Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1), project="第三批次 & <b>", applicant="青岚镇")


def reading_of(easting: float = 38_612_000.0, number: str = "DK01") -> ParcelReading:
    """One square parcel of 100 m in zone 38 (EPSG:4526), with a hole and labels."""
    outline = shapely.box(easting, 3_120_000, easting + 100.1, 3_120_100)
    land = outline.difference(shapely.box(easting + 10, 3_120_010, easting + 20, 3_120_020.123456789))
    labels = (("J1", "J2", "J3", "J4"), ("J5", "J6", "J7", "J8"))
    parcel = Parcel(number=number, name="地块一", stated_area_ha=Decimal("1.0000"), labels=labels, geometry=land)
    return ParcelReading(source="某县.txt", sha256="0" * 64, crs=crs_from_epsg(4526), parcels=(parcel,))


def take_in(store: Workspace, actor: Actor = COUNTY, **cover: object) -> CaseFile:
    """A case at its office's desk."""
    return Desk(store, actor).take_in(reading_of(), COVER.model_copy(update=cover))


def fill(store: Workspace, case: CaseFile, folder: Path, actor: Actor = COUNTY) -> CaseFile:
    """Give a case an attachment, a review with its files, a judgement and an opinion."""
    paper = folder / "批复 & 图.pdf"
    paper.write_bytes(b"%PDF-1.4 approval")
    case = Desk(store, actor).attach(case, [paper], "M-YS")
    digest = "d" * 64
    entry = ResultEntry(
        version=case.version,
        digest=digest,
        verdict=Verdict.CLEAR,
        made_at=AT,
        json_sha256=store.blobs.keep(result_of(case, digest).model_dump_json(by_alias=True).encode(), ".json"),
        gpkg_sha256=store.blobs.keep(b"GeoPackage of the result", ".gpkg"),
        reports={"xlsx": store.blobs.keep(b"areas", ".xlsx")},
    )
    judgement = Judgement(
        finding="f1",
        result_digest=digest,
        mark=Mark.MISTAKEN,
        ground="数据有误",
        person="李四",
        role=Role.REVIEWER,
        at=AT,
    )
    opinion = Opinion(
        result_digest=digest,
        conclusion="同意",
        passes=True,
        judgements=(judgement,),
        person="李四",
        role=Role.REVIEWER,
        at=AT,
    )
    with store.change(case, "reviewed", {"digest": digest}, actor) as change:
        change.result(entry)
        change.judgement(judgement)
        change.opinion(opinion)
        change.update(verdict=Verdict.CLEAR, result_digest=digest, passed=True)
    return change.case


def result_of(case: CaseFile, digest: str) -> ReviewResult:
    """A review without findings."""
    facts = Case(number=case.number, business_type=case.business_type, reference_date=case.reference_date)
    made_of = Provenance(
        parcels_sha256="1" * 64,
        crs="EPSG:4526",
        area_method="ellipsoidal",
        pack="common",
        pack_version="1",
        pack_sha256="2" * 64,
        profile="demo",
    )
    return ReviewResult(case=facts, verdict=Verdict.CLEAR, parcels=(), findings=(), provenance=made_of, digest=digest)


def contents_of(store: Workspace, case_id: str) -> dict[str, object]:
    """Everything that a package carries of a case, as it stands in a store: equal in two offices after a hand-over."""
    case = store.case(case_id)
    cover = case.model_dump(mode="json", exclude={"rev", "holder", "transfer"})
    reading = store.hand_in(case_id, case.version)
    return {
        "cover": cover,
        "parcels": [(parcel.model_dump(mode="json"), parcel.geometry.wkb) for parcel in reading.parcels],
        "hand_in": reading.model_dump(mode="json", exclude={"parcels", "notes", "points_in", "points_rejected"}),
        "log": store.log(case_id),
        "files": store.attachments(case_id),
        "results": [entry for entry in store.results(case_id) if entry.digest == case.result_digest],
        "judgements": store.judgements(case_id, case.result_digest),
        "opinions": store.opinions(case_id),
        "blobs": {
            file.sha256: store.blobs.verified(file.sha256, Path(file.name).suffix) and 1
            for file in store.attachments(case_id)
        },
    }


def with_part(package: Package, kind: PartKind, data: bytes) -> Package:
    """The package with another content of a part, its manifest fitting."""
    import hashlib

    sha256 = hashlib.sha256(data).hexdigest()
    parts: list[Part] = [
        part.model_copy(update={"sha256": sha256, "size": len(data)}) if part.kind is kind else part
        for part in package.manifest.parts
    ]
    manifest: Manifest = package.manifest.model_copy(update={"parts": tuple(parts)})
    return Package(manifest, {**package.contents, sha256: data})


def json_of(package: Package, kind: PartKind) -> object:
    """A part as plain data."""
    part = package.manifest.part(kind)
    assert part is not None
    return json.loads(bytes_of(package.contents[part.sha256]))


__all__ = ["AT", "CITY", "COUNTY", "PROVINCE", "contents_of", "fill", "json_of", "new_id", "take_in", "with_part"]
