# SPDX-License-Identifier: GPL-2.0-or-later
"""A package read and verified: every byte, the log's chain, and that its parts speak of one case.

Nothing is taken over before all of it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..core.evidence.chain import verify
from ..core.geodesy.zones import crs_from_epsg
from ..core.model.base import Text
from ..core.model.case_file import CaseFile
from ..core.model.crs import Crs
from ..core.model.event import Event
from ..core.model.opinion import Opinion
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from ..store.entries import ResultEntry, StoredFile
from ..store.incoming import Incoming
from .contents import bytes_of, sha256_of, size_of
from .package import Package, files_of
from .protocol import Manifest, Parcels, Part, PartKind
from .register import HandIn, Register
from .wkt import parcel_of_wkt

_EVENTS = TypeAdapter(tuple[Event, ...])
_OPINIONS = TypeAdapter(tuple[Opinion, ...])


def read_package(package: Package) -> Incoming:
    """What a package says of its case. Raises E-SYNC-PACKAGE with the first thing that does not hold."""
    manifest = package.manifest
    for flaw in manifest.flaws():
        raise refused(flaw)
    for part in manifest.parts:
        _check_bytes(package, part)
    try:
        incoming = _assembled(package)
    except (ValidationError, ValueError, RecursionError) as error:
        raise refused(Text.same(_short(error))) from error
    _check_whole(manifest, incoming)
    return incoming


def register_of(package: Package) -> Register:
    """The register of a package; an empty one where it has none."""
    found: Register | None = _part(package, PartKind.REGISTER, Register.model_validate)
    return found or Register()


def refused(reason: Text) -> LandReviewError:
    """The error of a package that does not hold."""
    return LandReviewError("E-SYNC-PACKAGE", detail=reason)


def _check_bytes(package: Package, part: Part) -> None:
    content = package.contents.get(part.sha256)
    if content is None:
        raise refused(Text(zh=f"缺少{part.name}", en=f"{part.name} is missing"))
    if size_of(content) != part.size or sha256_of(content) != part.sha256:
        raise refused(Text(zh=f"{part.name} 与清单不符", en=f"{part.name} is not what the manifest says"))


def _assembled(package: Package) -> Incoming:
    case = _part(package, PartKind.CASE, CaseFile.model_validate)
    parcels = _part(package, PartKind.PARCELS, Parcels.model_validate)
    events = _part(package, PartKind.EVENTS, _EVENTS.validate_python)
    opinions = _part(package, PartKind.OPINIONS, _OPINIONS.validate_python)
    register = register_of(package)
    assert case is not None and parcels is not None and events is not None  # required: see flaws()
    hand_in = register.hand_in or HandIn(crs=_crs(parcels.epsg), taken_at=events[0].at_client)
    return Incoming(
        case=case.model_copy(update={"version": max(case.version, 1)}),
        reading=_reading(parcels, hand_in),
        taken_at=hand_in.taken_at,
        events=events,
        result=register.result or _result(package, case),
        judgements=register.judgements,
        opinions=opinions or (),
        files=register.files or _files(package.manifest),
    )


def _part(package: Package, kind: PartKind, validate: Callable[[Any], Any]) -> Any:
    part = package.manifest.part(kind)
    return None if part is None else validate(json.loads(bytes_of(package.contents[part.sha256])))


def _crs(epsg: int) -> Crs:
    return crs_from_epsg(epsg) or Crs(code=f"EPSG:{epsg}")


def _reading(parcels: Parcels, hand_in: HandIn) -> ParcelReading:
    made = tuple(
        Parcel.model_validate({**part.facts, "number": part.number, "geometry": parcel_of_wkt(part.wkt)})
        for part in parcels.parcels
    )
    return ParcelReading(
        source=hand_in.source, sha256=hand_in.sha256, crs=hand_in.crs, problems=hand_in.problems, parcels=made
    )


def _result(package: Package, case: CaseFile) -> ResultEntry | None:
    """A result without a register (another maker's package): what it says of itself."""
    part = package.manifest.part(PartKind.RESULT)
    if part is None:
        return None
    result = ReviewResult.model_validate_json(bytes_of(package.contents[part.sha256]))
    return ResultEntry(
        version=max(case.version, 1),
        digest=result.digest,
        verdict=result.verdict,
        made_at=package.manifest.made_at,
        json_sha256=part.sha256,
    )


def _files(manifest: Manifest) -> tuple[StoredFile, ...]:
    return tuple(
        StoredFile(material="", name=part.name, sha256=part.sha256, size=part.size, added_at=manifest.made_at)
        for part in manifest.parts
        if part.kind is PartKind.ATTACHMENT
    )


def _check_whole(manifest: Manifest, incoming: Incoming) -> None:
    """The parts speak of the case, the log and the files that the manifest names."""
    broken = verify(incoming.events)
    if broken is not None:
        raise refused(broken.reason)
    case, last = incoming.case, incoming.events[-1]
    said = (manifest.case, manifest.number, manifest.jurisdiction, manifest.head, manifest.event_count)
    if (case.id, case.number, case.jurisdiction, last.hash, len(incoming.events)) != said or last.case != case.id:
        raise refused(Text(zh="案卷与清单不是同一份", en="cover, log and manifest are not of one case"))
    present = {part.sha256 for part in manifest.parts}
    register = Register(result=incoming.result, files=incoming.files)
    needed = {sha256 for sha256, _, _ in files_of(register)}
    if incoming.result is not None:
        needed.add(incoming.result.json_sha256)
    if lacking := needed - present:
        raise refused(Text(zh=f"缺少文件{min(lacking)[:12]}", en=f"file {min(lacking)[:12]} is missing"))


def keep_files(package: Package, incoming: Incoming, keep: Callable[[Path | bytes, str], object]) -> None:
    """Hand every file that the store must keep to ``keep(content, suffix)``: bytes first, rows later."""
    register = Register(result=incoming.result, files=incoming.files)
    for sha256, _, suffix in files_of(register):
        keep(package.contents[sha256], suffix)
    if incoming.result is not None:
        keep(package.contents[incoming.result.json_sha256], ".json")


def _short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)[:300]
