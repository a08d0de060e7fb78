# SPDX-License-Identifier: GPL-2.0-or-later
"""A piece of a file with a digest of its own, so that a client on a bad line knows at once which piece is damaged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from starlette.responses import Response

MAX_ANSWERED = 4 * 1024 * 1024
_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{1,12})")


def piece_answer(path: Path, asked: str, headers: Mapping[str, str]) -> Response | None:
    """206 with the bytes that ``Range`` asks for; None for any other range: it is streamed without a digest."""
    match = _RANGE.fullmatch(asked)
    if match is None:
        return None
    first, last, size = int(match[1]), int(match[2]), path.stat().st_size
    if not first <= last < first + MAX_ANSWERED or first >= size:
        return None
    with path.open("rb") as file:
        file.seek(first)
        data = file.read(last - first + 1)
    place = f"bytes {first}-{first + len(data) - 1}/{size}"
    return Response(data, 206, {**headers, "Content-Range": place}, "application/octet-stream")
