# SPDX-License-Identifier: GPL-2.0-or-later
"""Read files in a child process, so that a crash inside GDAL ends the child and not the program.

For batches and for files from strangers. The interpreter is named by the caller: inside QGIS
``sys.executable`` may be QGIS itself. Run as ``python -m landreview_plugin.sources.isolate`` this
module is the child: one question a line on standard input, one answer a line on standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess  # nosec B404 - the child is started with a list, never through a shell
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import pydantic
import shapely
from pydantic import TypeAdapter

from ..core.model.base import Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from .import_options import ImportOptions
from .parcels import read_parcels
from .reading_json import error_from_json, error_to_json, reading_from_json, reading_to_json

_ROOT: Final = Path(__file__).resolve().parents[2]
_OPTIONS: Final = TypeAdapter(ImportOptions)
_END_S: Final = 2.0


class IsolatedReader:
    """A child that reads one file at a time; one that dies or hangs is replaced.

    Use it in a ``with`` block, from one thread.
    """

    def __init__(self, python: str, *, timeout_s: float = 120.0) -> None:
        self._python, self._timeout_s = python, timeout_s
        self._child: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.crashes = 0
        """Children that died while reading."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, source: str, options: ImportOptions | None = None) -> ParcelReading:
        """The same as :func:`read_parcels`.

        Raises E-SRC-CORRUPT when the child dies of the file, E-SRC-LIMIT when it takes too long.
        """
        options = options or ImportOptions()
        plain = replace(options, field_mapping=dict(options.field_mapping))
        question = {"source": source, "options": _OPTIONS.dump_python(plain, mode="json")}
        answer = self._ask(json.dumps(question, ensure_ascii=False).encode("utf-8") + b"\n", source)
        if "reading" in answer:
            return reading_from_json(answer["reading"])
        raise error_from_json(answer["error"])

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None and child.stdout is not None
        with contextlib.suppress(OSError):
            child.stdin.close()
        try:
            child.wait(timeout=_END_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()

    def _ask(self, question: bytes, source: str) -> dict[str, Any]:
        place = Place(file=Path(source.partition("|")[0]).name)
        child = self._child = self._child or self._start()
        assert child.stdin is not None
        try:
            child.stdin.write(question)
            child.stdin.flush()
            line = self._lines.get(timeout=self._timeout_s)
        except queue.Empty:
            child.kill()
            self.close()
            limit = Text(zh=f"读取超过{self._timeout_s:g}秒", en=f"reading took more than {self._timeout_s:g} s")
            raise LandReviewError("E-SRC-LIMIT", detail=limit, place=place) from None
        except OSError:
            line = b""
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.crashes += 1
        self.close()
        died = Text(zh="读取程序因该文件崩溃", en="the reading process crashed on this file")
        raise LandReviewError("E-SRC-CORRUPT", detail=died, place=place)

    def _start(self) -> subprocess.Popen[bytes]:
        folders = [_ROOT, *(Path(module.__file__ or "").parent.parent for module in (shapely, pydantic))]
        path = os.pathsep.join(dict.fromkeys(map(str, folders)))
        child = subprocess.Popen(  # noqa: S603 - a list, no shell  # nosec B603
            [self._python, "-m", "landreview_plugin.sources.isolate"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert child.stdout is not None
        self._lines = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(child.stdout, self._lines), daemon=True).start()
        return child


def _pump(stream: BinaryIO | Any, lines: queue.SimpleQueue[bytes]) -> None:
    """Hand over lines as they come, then an empty one: a pipe can't be waited for with a time limit on Windows."""
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            lines.put(line)
    lines.put(b"")


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until ``questions`` ends."""
    for line in questions:
        question = json.loads(line)
        answers.write(json.dumps(_answer(question), ensure_ascii=False).encode("utf-8") + b"\n")
        answers.flush()


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    try:
        reading = read_parcels(question["source"], _OPTIONS.validate_python(question["options"]))
    except LandReviewError as error:
        return {"error": error_to_json(error)}
    except Exception as error:  # the border of the process: whatever it was, the other side must hear of it
        unforeseen = LandReviewError("E-ENV-UNEXPECTED", detail=f"{type(error).__name__}: {error}")
        return {"error": error_to_json(unforeseen)}
    return {"reading": reading_to_json(reading)}


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
