# SPDX-License-Identifier: GPL-2.0-or-later
"""The thin road: sign in, send the golden package, read it back, see it in the feed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

import requests
from datacenter_service import Client

from datacenter.made_up import MadeUpCase
from landreview_plugin.core.evidence.chain import verify
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]


def test_the_golden_package_gets_a_receipt_and_is_read_back(as_: As, golden: wire.Command) -> None:
    county, city = as_("technician", "430998"), as_("technician", "4309")
    assert golden.manifest is not None
    case = golden.manifest.case
    answer = county.command(case, golden)
    assert answer.status_code == 200, answer.text
    receipt = wire.Receipt.model_validate_json(answer.content)
    assert (receipt.rev, receipt.epoch, receipt.holder, receipt.package) == (1, 1, "4309", golden.manifest.sha256())
    state = wire.CaseState.model_validate_json(city.get(f"/v1/cases/{case}").content)
    assert state.manifest == golden.manifest
    for sha256, text in golden.inline.items():
        assert city.get(f"/v1/blobs/{sha256}").content == text.encode()
    changes = [change for change in city.all_changes() if change.event.case == case]
    assert [(c.stream, c.event.no, c.event.kind) for c in changes] == [
        ("office", 1, "taken_in"),
        ("office", 2, "reviewed"),
        ("office", 3, "submitted"),
        ("centre", 1, "submit"),
    ]
    assert verify([c.event for c in changes if c.stream == "office"]) is None
    assert verify([c.event for c in changes if c.stream == "centre"]) is None


def test_an_attachment_goes_up_in_pieces_and_counts_when_it_is_whole(as_: As) -> None:
    county, city = as_("technician", "430998"), as_("technician", "4309")
    data = os.urandom(1_300_000)
    sha256 = hashlib.sha256(data).hexdigest()
    part = wire.Part(
        kind=wire.PartKind.ATTACHMENT, name="勘测.pdf", media_type="application/pdf", size=len(data), sha256=sha256
    )
    case = MadeUpCase()
    command = case.submit(attachments=(part,))
    refused = county.command(case.case, command)
    assert (refused.status_code, refused.json()["code"], refused.json()["missing"]) == (
        422,
        "E-CENTRE-MISSING",
        [sha256],
    )
    size = wire.PIECE_BYTES
    for start in range(0, len(data), size):
        piece = data[start : start + size]
        asked = county.post("/v1/blobs/missing", json={"sha256": [sha256]}).json()
        assert asked["missing"] == [{"sha256": sha256, "offset": start}]
        span = f"bytes {start}-{start + len(piece) - 1}/{len(data)}"
        sent = county.put(f"/v1/blobs/{sha256}", data=piece, headers={"Content-Range": span})
        assert sent.status_code == (201 if start + size >= len(data) else 202), sent.text
    assert county.post("/v1/blobs/missing", json={"sha256": [sha256]}).json()["missing"] == []
    assert county.command(case.case, command).status_code == 200
    assert city.get(f"/v1/blobs/{sha256}").content == data


def test_who_is_not_signed_in_sees_nothing(service: str) -> None:
    answer = requests.get(f"{service}/v1/changes", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "E-CENTRE-SIGNIN")
    assert answer.headers["content-type"] == wire.PROBLEM_MEDIA_TYPE
    assert answer.json()["message"]["zh"] and answer.headers[wire.VERSION_HEADER] == "1"


def test_alive_and_ready(service: str) -> None:
    assert requests.get(f"{service}/health", timeout=10).json() == {"status": "ok"}
    ready = requests.get(f"{service}/ready", timeout=10)
    assert ready.status_code == 200, ready.text
