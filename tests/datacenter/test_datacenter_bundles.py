# SPDX-License-Identifier: GPL-2.0-or-later
"""Many cases in one answer: each once and in order, parts as far as there is room, by as many statements as for one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from datacenter_service import Client

from datacenter.made_up import MadeUpCase
from datacenter.routes import bundles
from datacenter.settings import Settings
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]
COUNT_OF_CASES = 12


@pytest.fixture(scope="module")
def cases(as_: As) -> list[str]:
    """Ids of cases that 430998 handed over, in an order of no meaning."""
    made = [MadeUpCase(parcels=2) for _ in range(COUNT_OF_CASES)]
    for case in made:
        assert as_("technician", "430998").command(case.case, case.submit()).status_code == 200
    return sorted((case.case for case in made), key=lambda one: one[::-1])


def asked(client: Client, cases: list[str]) -> tuple[wire.Bundle, ...]:
    answer = client.post("/v1/bundles", json={"cases": cases})
    assert answer.status_code == 200, answer.text
    return wire.Bundles.model_validate_json(answer.content).bundles


def test_each_case_comes_once_and_in_the_order_asked_for(as_: As, cases: list[str]) -> None:
    unknown = MadeUpCase().case
    found = asked(as_("leader", "4309"), [cases[3], unknown, *cases, cases[0]])
    assert [one.state.id for one in found] == [cases[3], *(case for case in cases if case != cases[3])]


def test_each_has_its_own_state_and_the_parts_that_its_manifest_names(as_: As, cases: list[str]) -> None:
    client = as_("leader", "4309")
    for one in asked(client, cases):
        assert one.state == wire.CaseState.model_validate_json(client.get(f"/v1/cases/{one.state.id}").content)
        assert one.state.manifest is not None
        assert set(one.inline) == {part.sha256 for part in one.state.manifest.parts}
        assert all(hashlib.sha256(text.encode()).hexdigest() == sha256 for sha256, text in one.inline.items())


def test_parts_for_which_there_is_no_room_are_left_to_the_blobs(
    as_: As, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_("leader", "4309")
    all_bytes = sum(len(text.encode()) for one in asked(client, cases) for text in one.inline.values())
    room = all_bytes // 3
    monkeypatch.setattr(bundles, "_MOST_BYTES", room)
    found = asked(client, cases)
    sent = sum(len(text.encode()) for one in found for text in one.inline.values())
    assert len(found) == len(cases) and room // 2 < sent <= room
    assert found[0].inline and len(found[-1].inline) < len(found[0].inline)


def test_many_cases_take_as_many_statements_as_one(as_: As, cases: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    client, statements = as_("leader", "4309"), []
    plain = psycopg.AsyncConnection.execute

    async def counted(self: psycopg.AsyncConnection[Any], query: Any, *values: Any, **given: Any) -> Any:
        statements.append(str(query))
        return await plain(self, query, *values, **given)

    monkeypatch.setattr(psycopg.AsyncConnection, "execute", counted)
    asked(client, cases[:1])
    of_one, statements[:] = list(statements), []
    asked(client, cases)
    assert len(of_one) > 3 and statements == of_one


def test_each_case_that_was_sent_stands_in_the_audit_log(as_: As, cases: list[str], settings: Settings) -> None:
    query = "SELECT about FROM centre.audit WHERE actor = 'window@4309' AND action = 'download' ORDER BY id"
    asked(as_("window", "4309"), [*cases[:3], MadeUpCase().case])
    with psycopg.connect(settings.admin_url) as connection:
        assert [row[0] for row in connection.execute(query).fetchall()] == cases[:3]
