# SPDX-License-Identifier: GPL-2.0-or-later
"""A piece of a file with a digest of its own, so that a client on a bad line knows at once which piece is damaged."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.responses import FileResponse, Response

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


async def file_answer(path: Path, sha256: str, asked: str) -> Response:
    """A whole file with the digest of its bytes, or the piece of it that ``Range`` asks for."""
    headers = headers_of(sha256)
    piece = await asyncio.to_thread(piece_answer, path, asked, headers)
    return piece or FileResponse(path, headers=headers, media_type="application/octet-stream")


def headers_of(sha256: str) -> dict[str, str]:
    """What every answer with the bytes of a file carries: they never change."""
    digest = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    return {"Repr-Digest": digest, "ETag": f'"{sha256}"', "Cache-Control": "private, immutable"}
