# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the demo, sent over HTTP as an office would send them."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from landreview_plugin.sync import protocol as wire

from .made_up import MadeUpCase, order

_COUNTIES = ("430998", "430981", "430922")
_APART_M = 5_000.0


def send_cases(base: str, password: str) -> int:
    """Three cases of each of three counties: submitted, returned once and sent again, decided. Returns their number."""
    leader = _token(base, "leader@4309", password)
    for row, county in enumerate(_COUNTIES):
        technician = _token(base, f"technician@{county}", password)
        made = [
            MadeUpCase(county, parcels=3 + n, origin=(38_500_000.0 + n * 1_000, 3_150_000.0 + row * _APART_M))
            for n in range(3)
        ]
        for case in made:
            _send(base, technician, case.case, case.submit())
        _, returned, decided = made
        _send(base, leader, returned.case, order("return", 1, 1, corrections=("界址点表缺少四至说明",)))
        returned.happen("corrected", file="review-2.txt")
        _send(base, technician, returned.case, returned.submit(rev=2, epoch=2))
        _send(base, leader, decided.case, order("decide", 1, 1, passes=True, text="同意"))
    return len(_COUNTIES) * 3


def _token(base: str, user: str, password: str) -> str:
    return str(_post(f"{base}/v1/sign-in", wire.SignIn(user=user, password=password).model_dump_json(), {})["access"])


def _send(base: str, token: str, case: str, command: wire.Command) -> None:
    headers = {
        "Authorization": f"Bearer {token}",
        "If-Match": f'"{command.expected_rev}"',
        wire.KEY_HEADER: command.id,
    }
    _post(f"{base}/v1/cases/{case}/commands", command.model_dump_json(), headers)


def _post(url: str, body: str, headers: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(url, body.encode(), {"Content-Type": "application/json", **headers})  # noqa: S310 - our own address
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own address
        return dict(json.load(answer))
