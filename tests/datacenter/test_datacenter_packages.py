# SPDX-License-Identifier: GPL-2.0-or-later
"""A package is verified as it arrives; what doesn't verify is kept apart, and its sender sees why."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from datacenter_service import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from datacenter.made_up import MadeUpCase
from datacenter.services.packages import Known, Package, opened
from landreview_plugin.core.evidence.hashes import text_sha256
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]
SQUARE = "POLYGON ((38500000 3150000, 38500100 3150000, 38500100 3150100, 38500000 3150100, 38500000 3150000))"


def changed(command: wire.Command, kind: wire.PartKind, change: Callable[[Any], Any]) -> wire.Command:
    """A submission whose part was changed and whose manifest was made to fit again."""
    assert command.manifest is not None
    part = command.manifest.part(kind)
    assert part is not None
    text = json.dumps(change(json.loads(command.inline[part.sha256])), ensure_ascii=False)
    fresh = part.model_copy(update={"sha256": text_sha256(text), "size": len(text.encode())})
    parts = tuple(fresh if one is part else one for one in command.manifest.parts)
    inline = {sha: body for sha, body in command.inline.items() if sha != part.sha256} | {fresh.sha256: text}
    manifest = command.manifest.model_copy(update={"parts": parts})
    return command.model_copy(update={"manifest": manifest, "inline": inline})


def opening(command: wire.Command, known: Known = Known()) -> Package | list[str]:  # noqa: B008 - frozen
    assert command.manifest is not None
    bodies = {sha256: text.encode() for sha256, text in command.inline.items()}
    found = opened(command.manifest, command.manifest.case, bodies.__getitem__, known)
    return found if isinstance(found, Package) else [flaw.en for flaw in found]


def land(**change: object) -> Callable[[Any], Any]:
    return lambda value: value | change


def with_wkt(wkt: str) -> Callable[[Any], Any]:
    return lambda value: value | {"parcels": [{"number": "01", "facts": {}, "wkt": wkt}]}


def entry(number: int, **change: object) -> Callable[[Any], Any]:
    return lambda value: [one | change if one["no"] == number else one for one in value]


def test_a_good_package_is_opened() -> None:
    package = opening(MadeUpCase(parcels=3).submit())
    assert isinstance(package, Package)
    assert (len(package.lands), len(package.events), package.cover.business_type) == (3, 2, "CZPC")


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("events", entry(1, body='{"file":"other.txt"}'), "entry 1: its content was changed"),
        ("events", lambda value: value[1:], "entry 1: its number is 2"),
        ("events", lambda value: value[:1], "the log is not the one that the manifest names"),
        ("events", lambda value: [*value, {}], "events.json can't be read"),
        ("case", land(number="other"), "the cover says other"),
        ("case", land(surprise=1), "case.json can't be read"),
        ("parcels", land(epsg=2362), "EPSG:2362 is not CGCS2000"),
        ("parcels", land(parcels=[]), "there is no parcel"),
        ("parcels", with_wkt("POLYGON (("), "parcel 01: its outline can't be read"),
        ("parcels", with_wkt("POINT (1 1)"), "parcel 01: it is no polygon"),
        ("parcels", with_wkt("POLYGON EMPTY"), "parcel 01: it is no polygon"),
        ("parcels", with_wkt("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"), "its outline is invalid: Self-intersection"),
        ("parcels", with_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0))"), "it lies outside the plane's range"),
        ("parcels", with_wkt("POLYGON ((0 0, 1e309 0, 1 1, 0 0))"), "parcel 01: a coordinate is not finite"),
    ],
)
def test_what_is_wrong_is_said(kind: str, change: Callable[[Any], Any], told: str) -> None:
    flaws = opening(changed(MadeUpCase().submit(), wire.PartKind(kind), change))
    assert isinstance(flaws, list)
    assert any(told in flaw for flaw in flaws), flaws


def test_a_log_must_go_on_from_what_the_centre_has() -> None:
    case = MadeUpCase()
    first = case.submit()
    assert first.manifest is not None
    known = Known(first.manifest.head, first.manifest.event_count)
    case.happen("corrected")
    assert isinstance(opening(case.submit(), known), Package)
    fork = MadeUpCase(case=case.case)
    fork.happen("taken_in", file="another.txt")
    fork.happen("reviewed")
    fork.happen("corrected")
    flaws = opening(fork.submit(), known)
    assert flaws == ["the log does not go on from the 2 entries that the centre has"]


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_no_flipped_byte_gets_through(at: int, flip: int) -> None:
    """Whatever byte of whatever part: the hash notices it, for no body stands under a hash that is not its own."""
    from datacenter.services.packages import inline_flaws

    command = MadeUpCase().submit()
    assert command.manifest is not None
    sha256, text = list(command.inline.items())[at % len(command.inline)]
    data = bytearray(text.encode())
    data[at % len(data)] ^= flip
    damaged = data.decode("utf-8", "replace")
    assert inline_flaws(command.manifest, {**command.inline, sha256: damaged})


def test_a_broken_package_goes_into_quarantine_and_its_sender_sees_why(as_: As) -> None:
    county, case = as_("technician", "430998"), MadeUpCase()
    bad = changed(case.submit(), wire.PartKind.EVENTS, entry(2, actor="李四"))
    refused = [county.command(case.case, bad) for _ in range(2)]
    told = refused[0].json()
    assert (refused[0].status_code, told["code"], told["quarantine"]) == (422, "E-CENTRE-CHAIN", bad.id)
    held = county.get(f"/v1/quarantine/{bad.id}").json()
    assert held["reasons"] == [{"zh": "第2条：内容被改动", "en": "entry 2: its content was changed"}]
    assert [one["id"] for one in county.get("/v1/quarantine").json()].count(bad.id) == 1
    assert as_("technician", "4309").get(f"/v1/quarantine/{bad.id}").status_code == 200
    assert as_("technician", "430997").get(f"/v1/quarantine/{bad.id}").status_code == 404
    assert county.get(f"/v1/cases/{case.case}").status_code == 404
    assert county.command(case.case, case.submit()).status_code == 200


def test_a_package_that_breaks_later_leaves_the_case_as_it_was(as_: As) -> None:
    county, city, case = as_("technician", "430998"), as_("leader", "4309"), MadeUpCase()
    assert county.command(case.case, case.submit()).status_code == 200
    before = city.get(f"/v1/cases/{case.case}").json()
    bad = changed(case.submit(to="43", rev=1, epoch=1), wire.PartKind.PARCELS, with_wkt("POLYGON EMPTY"))
    assert city.command(case.case, bad).json()["code"] == "E-CENTRE-CHAIN"
    assert city.get(f"/v1/cases/{case.case}").json() == before


@pytest.mark.parametrize("kind", ["inline that no part names", "another hash", "another size"])
def test_parts_are_what_their_names_say(as_: As, kind: str) -> None:
    county, case = as_("technician", "430998"), MadeUpCase()
    command = case.submit()
    assert command.manifest is not None
    inline: Mapping[str, str] = command.inline
    if kind == "inline that no part names":
        inline = {**inline, "0" * 64: "x"}
    elif kind == "another hash":
        first = next(iter(inline))
        inline = {**inline, first: inline[first] + " "}
    else:
        parts = tuple(part.model_copy(update={"size": part.size + 1}) for part in command.manifest.parts)
        command = command.model_copy(update={"manifest": command.manifest.model_copy(update={"parts": parts})})
    refused = county.command(case.case, command.model_copy(update={"inline": dict(inline)}))
    assert refused.json()["code"] == "E-CENTRE-CHAIN"


def test_an_older_client_keeps_working(as_: As) -> None:
    """It sends neither version nor digest and knows fewer fields; it gets what it knows, and more that it ignores."""
    county, case = as_("technician", "430998"), MadeUpCase()
    command = case.submit().model_dump(mode="json")
    for later in ("corrections", "passes", "text"):
        command.pop(later)
    headers = {"If-Match": '"0"', "Idempotency-Key": str(command["id"])}
    answer = county.post(f"/v1/cases/{case.case}/commands", json=command, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers[wire.VERSION_HEADER] == "1"
    again = county.post(f"/v1/cases/{case.case}/commands", json=command, headers=headers | {wire.VERSION_HEADER: "1"})
    assert again.content == answer.content
    assert wire.digest_holds(again.headers[wire.DIGEST_HEADER], again.content)
