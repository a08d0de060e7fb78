# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of a case: what differs, field by field, and one case again by a person's choices.

Custody keeps this from happening but for stores of one office that know nothing of each other (a restored backup, a
second machine). No machine merges: the version of the centre is entered, ours is set aside whole, and what a person
chose of ours becomes a new entry of the log, if the case is ours to change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..core.evidence.canonical import canonical
from ..core.model.case_file import CaseFile, Transfer
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError
from ..core.workflow.offices import same_office
from ..store.custody_rows import Custody
from ..store.differences import Choice, Difference, forget, give_way, shared_entries
from ..store.entries import Actor, now
from ..store.incoming import Incoming
from ..store.workspace import Workspace
from .contents import bytes_of
from .package import Package, pack
from .protocol import SINGLE_PARTS
from .reading import keep_files, read_package
from .wkt import exact_wkt

_COVER = (
    "project",
    "applicant",
    "business_type",
    "reference_date",
    "accepted",
    "limit_workdays",
    "pauses",
    "stage",
    "verdict",
    "result_digest",
    "passed",
)
_CHOOSABLE = ("project", "applicant", "business_type", "reference_date", "accepted", "limit_workdays", "pauses")
"""What a choice for our own version enters anew. Stage and verdict follow from what is done next, not from a choice."""


def compare(here: Incoming, there: Incoming) -> list[Difference]:
    """What differs between two versions of a case. Nothing for what only one side has added beside (files)."""
    found = [*_of_cover(here.case, there.case), *_of_parcels(here.reading, there.reading)]
    mine = [o.model_dump(mode="json") for o in here.opinions if o not in there.opinions]
    theirs = [o.model_dump(mode="json") for o in there.opinions if o not in here.opinions]
    if mine:
        found.append(("opinions", canonical(mine), canonical(theirs)))
    at = now()
    return [
        Difference(case_id=here.case.id, field=field, here=one, there=other, found_at=at) for field, one, other in found
    ]


def settle(
    store: Workspace,
    package: Package,
    custody: Custody,
    transfer: Transfer,
    actor: Actor,
    also: Callable[[sqlite3.Connection], object],
) -> CaseFile:
    """Enter the other version by the choices that were made. Raises E-SYNC-DIFFERS while one is still open.

    Ours is set aside whole in the same transaction, which does ``also``, too; what was chosen of ours is entered
    after, as a step of its own.
    """
    incoming = read_package(package)
    case_id = incoming.case.id
    ours = pack(store, case_id)
    mine = read_package(ours)
    found = store.differences.keep(case_id, compare(mine, incoming))
    if any(each.choice is Choice.NONE for each in found):
        raise LandReviewError("E-SYNC-DIFFERS", detail=incoming.case.number)
    keep_files(package, incoming, store.blobs.keep)

    def give_our_place(connection: sqlite3.Connection) -> None:
        shared = shared_entries(connection, case_id, [event.hash for event in incoming.events])
        give_way(connection, case_id, shared, _first_other_version(mine, incoming), _whole(ours))
        forget(connection, case_id)

    case = store.receive(incoming, custody, transfer, also, before=give_our_place)
    chosen = [each for each in found if each.choice is Choice.HERE]
    if not chosen or not same_office(custody.holder, actor.office):
        return case
    return _enter_ours(store, case, mine, chosen, actor)


def _enter_ours(
    store: Workspace, case: CaseFile, mine: Incoming, chosen: Sequence[Difference], actor: Actor
) -> CaseFile:
    fields = {each.field for each in chosen}
    cover = {name: getattr(mine.case, name) for name in _CHOOSABLE if f"cover/{name}" in fields}
    answers = {f.removeprefix("answers/") for f in fields if f.startswith("answers/")}
    if answers:
        kept = {key: value for key, value in case.answers.items() if key not in answers}
        cover["answers"] = kept | {key: mine.case.answers[key] for key in answers if key in mine.case.answers}
    with store.change(case, "settled", {"fields": sorted(fields)}, actor) as change:
        change.update(**cover)
        if any(field.startswith("parcels/") for field in fields):
            theirs = store.hand_in(case.id, case.version)
            change.hand_in(_joined(mine.reading, theirs, fields))
            change.update(verdict=None, worst_severity=None, result_digest="", passed=None)
        if "opinions" in fields:
            known = store.opinions(case.id)
            for opinion in mine.opinions:
                if opinion not in known:
                    change.opinion(opinion)
    return change.case


def _joined(mine: ParcelReading, theirs: ParcelReading, fields: set[str]) -> ParcelReading:
    """Their parcels, those that we were chosen for taken from ours, whole: outline and facts belong together."""
    numbers = {field.split("/")[1] for field in fields if field.startswith("parcels/")}
    ours = {parcel.number: parcel for parcel in mine.parcels}
    joined = [ours.get(p.number) if p.number in numbers else p for p in theirs.parcels]
    known = {parcel.number for parcel in theirs.parcels}
    added = [parcel for parcel in mine.parcels if parcel.number in numbers - known]
    return mine.model_copy(update={"parcels": (*(p for p in joined if p is not None), *added)})


def _of_cover(here: CaseFile, there: CaseFile) -> Iterator[tuple[str, str, str]]:
    one, other = here.model_dump(mode="json"), there.model_dump(mode="json")
    yield from (pair for name in _COVER if (pair := _pair(f"cover/{name}", one[name], other[name])))
    yield from _of_mappings("answers", here.answers, there.answers)


def _of_parcels(here: ParcelReading, there: ParcelReading) -> Iterator[tuple[str, str, str]]:
    one, other = ({parcel.number: parcel for parcel in reading.parcels} for reading in (here, there))
    for number in dict.fromkeys([*one, *other]):
        yield from _of_mappings(f"parcels/{number}", _facts(one.get(number)), _facts(other.get(number)))


def _facts(parcel: Parcel | None) -> dict[str, Any]:
    if parcel is None:
        return {}
    facts = parcel.model_dump(mode="json", exclude={"number"}, exclude_defaults=True)
    return facts | {"geometry": exact_wkt(parcel.geometry)}


def _of_mappings(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted({*one, *other}):
        if pair := _pair(f"{name}/{key}", one.get(key), other.get(key)):
            yield pair


def _pair(field: str, one: object, other: object) -> tuple[str, str, str] | None:
    return None if one == other else (field, _text(one), _text(other))


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else canonical(value)


def _first_other_version(mine: Incoming, theirs: Incoming) -> int:
    """The first version of the hand-in that is not the same on both sides."""
    same = mine.case.version == theirs.case.version and not list(_of_parcels(mine.reading, theirs.reading))
    return mine.case.version + 1 if same else min(mine.case.version, theirs.case.version)


def _whole(package: Package) -> dict[str, str]:
    """Our version as text, by kind of part: everything but files, which stay in the store as they are."""
    parts = [part for part in package.manifest.parts if part.kind in SINGLE_PARTS]
    return {part.kind.value: bytes_of(package.contents[part.sha256]).decode("utf-8") for part in parts}
