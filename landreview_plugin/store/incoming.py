# SPDX-License-Identifier: GPL-2.0-or-later
"""A case that comes from another office, entered whole or not at all."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass

from ..core.model.case_file import CaseFile
from ..core.model.event import Event
from ..core.model.opinion import Judgement, Opinion
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from ..core.workflow.numbers import parse_case_number
from . import case_rows, event_rows, parcel_rows, result_rows
from .entries import ResultEntry, StoredFile


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a verified package says of a case; its files lie in ``blobs`` already."""

    case: CaseFile
    reading: ParcelReading
    taken_at: dt.datetime
    events: tuple[Event, ...]
    result: ResultEntry | None = None
    judgements: tuple[Judgement, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    files: tuple[StoredFile, ...] = ()


def enter(connection: sqlite3.Connection, incoming: Incoming) -> CaseFile:
    """Bring a case to the state of ``incoming``, inside a transaction; what is known already changes nothing.

    Raises E-SYNC-DIFFERS when the log here holds an entry that the other does not know, and
    E-SYNC-NUMBER when another case of this store bears the number.
    """
    here = case_rows.select(connection, "id = ?", (incoming.case.id,))
    new = _unknown_entries(connection, incoming)
    if here and not new:
        return _show(connection, here[0], incoming.case)
    made = _cover(connection, here[0] if here else None, incoming.case)
    if not _has_version(connection, made):
        parcel_rows.insert(connection, made.id, made.version, incoming.reading, incoming.taken_at)
    for event in new:
        event_rows.insert(connection, event)
    _enter_files(connection, incoming)
    _enter_opinions(connection, incoming)
    _never_again(connection, made.number)
    return made


def _unknown_entries(connection: sqlite3.Connection, incoming: Incoming) -> tuple[Event, ...]:
    log = event_rows.log_of(connection, incoming.case.id)
    shared = min(len(log), len(incoming.events))
    if shared and incoming.events[shared - 1].hash != log[shared - 1].hash:
        raise LandReviewError("E-SYNC-DIFFERS", detail=incoming.case.number)
    return incoming.events[shared:]


def _show(connection: sqlite3.Connection, here: CaseFile, case: CaseFile) -> CaseFile:
    """Nothing new in the log: only who holds the case, and how its hand-over stands, may have changed."""
    shown = here.model_copy(update={"holder": case.holder, "transfer": case.transfer, "rev": here.rev + 1})
    if (shown.holder, shown.transfer) == (here.holder, here.transfer):
        return here
    case_rows.update(connection, shown, here.rev)
    return shown


def _cover(connection: sqlite3.Connection, here: CaseFile | None, case: CaseFile) -> CaseFile:
    same_number = case_rows.select(connection, "number = ? AND id <> ?", (case.number, case.id))
    if same_number:
        raise LandReviewError("E-SYNC-NUMBER", detail=case.number)
    if here is None:
        first = case.model_copy(update={"rev": max(case.rev, 1)})
        case_rows.insert(connection, first)
        return first
    made = case.model_copy(update={"rev": max(here.rev + 1, case.rev)})
    if made.model_copy(update={"rev": here.rev}) == here:
        return here
    if not case_rows.update(connection, made, here.rev):
        raise LandReviewError("E-STORE-STALE", detail=case.number)
    return made


def _has_version(connection: sqlite3.Connection, case: CaseFile) -> bool:
    found = connection.execute("SELECT 1 FROM hand_ins WHERE case_id = ? AND version = ?", (case.id, case.version))
    return found.fetchone() is not None


def _enter_files(connection: sqlite3.Connection, incoming: Incoming) -> None:
    case_id = incoming.case.id
    for file in incoming.files:
        result_rows.insert_file(connection, case_id, file)
    entry = incoming.result
    if entry is not None and entry not in result_rows.results_of(connection, case_id):
        result_rows.insert_result(connection, case_id, entry)


def _enter_opinions(connection: sqlite3.Connection, incoming: Incoming) -> None:
    case_id = incoming.case.id
    for judgement in incoming.judgements:
        if judgement not in result_rows.judgements_of(connection, case_id, judgement.result_digest):
            result_rows.insert_judgement(connection, case_id, judgement)
    known = result_rows.opinions_of(connection, case_id)
    for opinion in incoming.opinions:
        if opinion not in known:
            result_rows.insert_opinion(connection, case_id, opinion)


def _never_again(connection: sqlite3.Connection, number: str) -> None:
    """A county's second machine must not give a number that came back from elsewhere."""
    try:
        parts = parse_case_number(number)
    except LandReviewError:
        return  # a number of the office's own form: it has no serial
    connection.execute(
        "INSERT INTO serials VALUES (?, ?, ?, ?)"
        " ON CONFLICT (county, business_type, year) DO UPDATE SET last = max(last, excluded.last)",
        (parts.county, parts.business_type, parts.year, parts.serial),
    )
