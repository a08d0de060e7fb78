# SPDX-License-Identifier: GPL-2.0-or-later
"""A worker process of a batch: ``python -m landreview_plugin.jobs.worker``.

Reads one task a line on standard input, answers one line on standard output, ends with its input.
It needs no QGIS, so any Python that has GDAL and shapely can run it.
"""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from .batch_task import BatchTask, run_task
from .kit import Kit


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Work until ``tasks`` ends. Lines are UTF-8 JSON, whatever the console's code page."""
    kit = Kit()
    for line in tasks:
        answer = run_task(BatchTask.from_json(json.loads(line.decode("utf-8"))), kit)
        answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8") + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
