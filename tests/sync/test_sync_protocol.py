# SPDX-License-Identifier: GPL-2.0-or-later
"""The wire models: the golden package is read as it was written, and nothing is dropped without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from landreview_plugin.core.evidence.chain import verify
from landreview_plugin.core.evidence.hashes import text_sha256
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.event import Event
from landreview_plugin.sync import protocol as wire

GOLDEN_MANIFEST = "6c6f556b47d2f4764ac77c4ae0b6a9ccdf3183502f9daf347068e01f20b200a7"


@pytest.fixture
def golden(data: Path) -> wire.Command:
    return wire.Command.model_validate_json((data / "package" / "submit.json").read_bytes())


def test_the_golden_package_keeps_its_identity(golden: wire.Command) -> None:
    assert golden.manifest is not None
    assert golden.manifest.sha256() == GOLDEN_MANIFEST


def test_every_part_of_the_golden_package_is_there_with_its_hash(golden: wire.Command) -> None:
    assert golden.manifest is not None
    assert golden.manifest.flaws() == ()
    for part in golden.manifest.parts:
        text = golden.inline[part.sha256]
        assert (text_sha256(text), len(text.encode())) == (part.sha256, part.size)


def test_the_log_of_the_golden_package_verifies(golden: wire.Command) -> None:
    assert golden.manifest is not None
    part = golden.manifest.part(wire.PartKind.EVENTS)
    assert part is not None
    log = [Event.model_validate(entry) for entry in json.loads(golden.inline[part.sha256])]
    assert verify(log) is None
    assert (log[-1].hash, len(log)) == (golden.manifest.head, golden.manifest.event_count)


def test_a_request_refuses_what_it_does_not_know(golden: wire.Command) -> None:
    with pytest.raises(ValidationError):
        wire.Command.model_validate({**golden.model_dump(), "surprise": 1})


def test_an_answer_ignores_what_a_newer_centre_adds() -> None:
    page = wire.ChangePage.model_validate({"cursor": "a", "surprise": 1})
    assert page == wire.ChangePage(cursor="a")


def test_a_manifest_names_what_it_lacks_and_doubles(golden: wire.Command) -> None:
    assert golden.manifest is not None
    case = golden.manifest.part(wire.PartKind.CASE)
    assert case is not None
    flawed = golden.manifest.model_copy(update={"parts": (case, case)})
    assert [flaw.en for flaw in flawed.flaws()] == ["parcels is missing", "events is missing", "case is doubled"]


@pytest.mark.parametrize(
    ("code", "short"), [("430000", "43"), ("430900", "4309"), ("430998", "430998"), ("430998101", "430998101")]
)
def test_codes_with_zeros_become_prefixes(code: str, short: str) -> None:
    assert wire.office_code(code) == short


@pytest.mark.parametrize("name", ["../a", "a/b", "a\\b", "", "a\x00b", "a\n"])
def test_a_part_is_never_named_by_a_path(name: str) -> None:
    with pytest.raises(ValidationError):
        wire.Part(kind=wire.PartKind.ATTACHMENT, name=name, size=0, sha256="0" * 64)


@given(st.binary(max_size=200), st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_the_digest_notices_a_flipped_byte(data: bytes, at: int, flip: int) -> None:
    header = wire.content_digest(data)
    assert wire.digest_holds(header, data)
    assert wire.digest_holds(f"sha-512=:aa==:, {header}", data)
    if data:
        at %= len(data)
        assert not wire.digest_holds(header, data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])


def test_a_digest_that_we_cannot_check_does_not_hold() -> None:
    assert not wire.digest_holds("sha-512=:aa==:", b"")


def test_a_problem_is_worded_in_both_languages() -> None:
    problem = wire.wire_problem("E-CENTRE-REV", 412, Text(zh="第7次", en="revision 7"), rev=7)
    assert problem.rev == 7
    assert "meanwhile" in problem.title and "更新" in problem.message.zh and problem.detail == "revision 7"
