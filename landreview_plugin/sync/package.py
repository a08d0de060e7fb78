# SPDX-License-Identifier: GPL-2.0-or-later
"""A case of the store as a package: a manifest and its parts. The same case makes the same bytes."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

from ..core.evidence.canonical import canonical
from ..core.model.case_file import CaseFile, Transfer
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError
from ..store.entries import ResultEntry
from ..store.workspace import Workspace
from .contents import Content, sha256_of, size_of
from .protocol import Manifest, Part, PartKind
from .register import HandIn, Register
from .wkt import exact_wkt

_UNSAFE = re.compile(r"[/\\\x00-\x1f]")
_LONGEST_NAME = 255
_STREAM = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Package:
    """A manifest with the bytes of every part, by hash."""

    manifest: Manifest
    contents: Mapping[str, Content]

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.manifest.parts)


def pack(store: Workspace, case_id: str, *, verified: bool = False) -> Package:
    """The package of a case as it stands. Raises E-STORE-BLOB or E-STORE-GONE when a file is not what was stored.

    It is dated by the last entry of the log: packed again it is the same hand-over, not another one.
    ``verified``: the files were read just now and need not be read again.
    """
    file = store.blobs.get if verified else store.blobs.verified
    case = store.case(case_id)
    reading = store.hand_in(case.id, case.version)
    events = store.log(case.id)
    register = _register(store, case, reading)
    builder = _Builder()
    builder.json(PartKind.CASE, _case_of(case))
    builder.json(PartKind.PARCELS, parcels_of(reading))
    if register.result is not None:
        sha256 = register.result.json_sha256
        builder.file(PartKind.RESULT, "result.json", sha256, file(sha256, ".json"))
    opinions = [opinion.model_dump(mode="json") for opinion in store.opinions(case.id)]
    if opinions:
        builder.json(PartKind.OPINIONS, opinions)
    builder.json(PartKind.EVENTS, [event.model_dump(mode="json") for event in events])
    builder.json(PartKind.REGISTER, register.model_dump(mode="json", exclude_defaults=True))
    for sha256, name, suffix in files_of(register):
        builder.file(PartKind.ATTACHMENT, name, sha256, file(sha256, suffix))
    manifest = Manifest(
        case=case.id,
        number=case.number,
        jurisdiction=case.jurisdiction,
        made_at=events[-1].at_client,
        head=events[-1].hash,
        event_count=len(events),
        parts=tuple(builder.parts),
    )
    return Package(manifest, MappingProxyType(builder.contents))


def files_of(register: Register) -> list[tuple[str, str, str]]:
    """(hash, name for people, suffix in the store) of every file that travels as an attachment."""
    found = [(file.sha256, file.name, PurePath(file.name).suffix) for file in register.files]
    if register.result is not None:
        if register.result.gpkg_sha256:
            found.append((register.result.gpkg_sha256, "result.gpkg", ".gpkg"))
        reports = sorted(register.result.reports.items())
        found += [(sha256, f"report.{kind}", f".{kind}") for kind, sha256 in reports]
    return found


def _case_of(case: CaseFile) -> dict[str, Any]:
    """The cover without what is this store's own: how a hand-over stands here, how often it was written."""
    return case.model_copy(update={"transfer": Transfer.NONE, "rev": 0}).model_dump(mode="json")


def parcels_of(reading: ParcelReading) -> dict[str, Any]:
    """``Parcels`` as plain data. Raises E-CRS-NONE without an EPSG code: the office above could not place them."""
    return {"epsg": epsg_of(reading.crs), "parcels": [_parcel(parcel) for parcel in reading.parcels]}


def epsg_of(crs: Crs | None) -> int:
    """The EPSG code of a CRS."""
    authority, _, code = (crs.code if crs else "").partition(":")
    if authority.upper() != "EPSG" or not code.isdecimal():
        raise LandReviewError("E-CRS-NONE", detail=crs.label if crs else None)
    return int(code)


def _parcel(parcel: Parcel) -> dict[str, Any]:
    facts = parcel.model_dump(mode="json", exclude={"number"}, exclude_defaults=True)
    return {"facts": facts, "number": parcel.number, "wkt": exact_wkt(parcel.geometry)}


def _register(store: Workspace, case: CaseFile, reading: ParcelReading) -> Register:
    assert reading.crs is not None  # a hand-in without one is not stored
    return Register(
        hand_in=HandIn(
            source=reading.source,
            sha256=reading.sha256,
            crs=reading.crs,
            problems=reading.problems,
            taken_at=store.taken_at(case.id, case.version),
        ),
        result=_counting(store, case),
        judgements=store.judgements(case.id, case.result_digest) if case.result_digest else (),
        files=store.attachments(case.id),
    )


def _counting(store: Workspace, case: CaseFile) -> ResultEntry | None:
    """The newest review with the digest on the cover."""
    matching = [entry for entry in store.results(case.id) if entry.digest == case.result_digest]
    return matching[-1] if matching and case.result_digest else None


class _Builder:
    """Collects parts; the same bytes travel once."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.contents: dict[str, Content] = {}

    def json(self, kind: PartKind, value: Any) -> None:
        data = canonical(value).encode("utf-8")
        self._add(kind, f"{kind}.json", sha256_of(data), data, "application/json")

    def file(self, kind: PartKind, name: str, sha256: str, path: Path) -> None:
        self._add(kind, name, sha256, path, mimetypes.guess_type(name)[0] or _STREAM)

    def _add(self, kind: PartKind, name: str, sha256: str, content: Content, media_type: str) -> None:
        if kind is PartKind.ATTACHMENT and sha256 in self.contents:
            return
        self.contents[sha256] = content
        safe = _UNSAFE.sub("_", name)[-_LONGEST_NAME:] or "_"
        part = Part(kind=kind, name=safe, media_type=media_type, size=size_of(content), sha256=sha256)
        self.parts.append(part)
