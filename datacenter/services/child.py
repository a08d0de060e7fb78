# SPDX-License-Identifier: GPL-2.0-or-later
"""Work on strangers' data in a process that may crash, hang or fill its memory alone."""

from __future__ import annotations

import asyncio
import shutil
import sys

from landreview_plugin.core.model.base import Text

MEMORY_BYTES = 4 * 1024**3


async def answered(module: str, order: bytes, seconds: float) -> bytes | None:
    """What ``python -m module`` answers to an order on its standard input; None when it crashed.

    Raises TimeoutError when it takes longer; the process is ended then, and when the request is.
    """
    child = await asyncio.create_subprocess_exec(
        *(*_limited(), sys.executable, "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        answer, _ = await asyncio.wait_for(child.communicate(order), seconds)
    except (TimeoutError, asyncio.CancelledError):
        child.kill()
        await child.wait()
        raise
    return answer if child.returncode == 0 else None


def too_long(seconds: float) -> Text:
    """Why nothing came of it."""
    return Text(zh=f"超过{seconds:.0f}秒", en=f"it took longer than {seconds:.0f} s")


def _limited() -> tuple[str, ...]:
    """Bound the child's memory where the system has a program for it."""
    return ("prlimit", f"--as={MEMORY_BYTES}") if shutil.which("prlimit") else ()
