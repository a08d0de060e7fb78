# SPDX-License-Identifier: GPL-2.0-or-later
"""A stick taken in at the centre: the same files and commands as over the line, with the same answers in a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sync.protocol import MAX_PIECE_BYTES, Command, Part, wire_problem
from landreview_plugin.sync.stick import Answered, Receipts, Stick, open_stick

from ..problems import Refusal
from ..storage.database import one
from .audit import Entry, record
from .centre import Centre
from .files import Piece
from .people import Person, Role


async def take_stick(centre: Centre, path: Path, name: str) -> Receipts:
    """Carry out everything on a stick for a person of the office that wrote it. A second time gives the same receipts.

    Raises E-SYNC-STICK for a file that is no stick and E-CENTRE-RIGHTS for a person of another office. What a single
    command is refused for stands in its answer.
    """
    person = await _person(centre, name)
    with open_stick(path) as stick:
        if stick.list.sender != person.office:
            why = Text(zh=f"由{stick.list.sender}写成", en=f"{stick.list.sender} wrote it")
            raise LandReviewError("E-CENTRE-RIGHTS", detail=why)
        async with centre.database.plain() as connection:
            await record(connection, Entry(person.name, person.office, "stick", path.name))
        for part in stick.parts().values():
            await _send(centre, person, stick, part)
        answers = tuple([await _answer(centre, person, command) for command in stick.list.commands])
    return Receipts(office=centre.settings.centre, made_at=dt.datetime.now(dt.UTC), answers=answers)


async def _person(centre: Centre, name: str) -> Person:
    async with centre.database.plain() as connection:
        found = await one(connection, "SELECT * FROM keeper.find_user(%s)", (name,))
    if found is None or found["disabled"]:
        raise LandReviewError("E-CENTRE-RIGHTS", detail=name)
    return Person(str(found["id"]), found["name"], found["office"], Role(found["role"]))


async def _send(centre: Centre, person: Person, stick: Stick, part: Part) -> None:
    """A file of the stick, piece by piece, as far as the centre lacks it; verified like any other upload."""
    if not (await centre.files.missing(person, [part.sha256])).missing:
        return
    held, start = b"", 0
    for read in stick.pieces(part):
        held += read
        if len(held) > MAX_PIECE_BYTES - len(read):
            await _put(centre, person, part, start, held)
            held, start = b"", start + len(held)
    if held or part.size == 0:
        await _put(centre, person, part, start, held)


async def _put(centre: Centre, person: Person, part: Part, start: int, data: bytes) -> None:
    try:
        await centre.files.put(person, part.sha256, Piece(start, part.size, data))
    except Refusal as refusal:
        raise LandReviewError(refusal.code, detail=refusal.reason or part.name) from refusal


async def _answer(centre: Centre, person: Person, command: Command) -> Answered:
    try:
        if command.manifest is None:  # nothing else on a stick says which case it is about
            raise Refusal(422, "E-CENTRE-REQUEST", "manifest")
        return Answered(
            command=command.id, receipt=await centre.commands.execute(person, command.manifest.case, command)
        )
    except Refusal as refusal:
        problem = wire_problem(refusal.code, refusal.status, refusal.reason, **refusal.facts)
        return Answered(command=command.id, problem=problem)
