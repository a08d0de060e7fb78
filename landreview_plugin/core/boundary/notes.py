# SPDX-License-Identifier: GPL-2.0-or-later
"""What was detected while reading, for the preview and for writing the file again."""

from __future__ import annotations

from .decoding import Decoded
from .header import Header
from .reference import Reference
from .scan import HeaderSection, Scan


def notes_of(decoded: Decoded, scan: Scan, header: Header, reference: Reference, closings_added: int) -> dict[str, str]:
    """Notes of a reading; empty ones are left out.

    ``header`` and ``sections`` hold the file's own lines, so that it can be written as it came.
    """
    notes = {
        "encoding": decoded.encoding + (" BOM" if decoded.bom else ""),
        "line_end": decoded.line_end,
        "dialect": scan.dialect.name,
        "zone": "" if reference.zone is None else str(reference.zone),
        "prefixed": "" if reference.prefixed is None else str(reference.prefixed).lower(),
        "width": "" if header.width_deg is None else str(header.width_deg),
        "datum": header.datum.value if header.datum else "",
        "producer": header.producer,
        "date": header.date,
        "precision": header.precision,
        "axes": "exchanged" if reference.exchanged else "",
        "closings_added": str(closings_added) if closings_added else "",
        "header": _as_written(scan.headers[0]) if scan.headers else "",
        "sections": "\n".join(scan.extra_sections),
    }
    return {key: value for key, value in notes.items() if value}


def header_lines(notes: dict[str, str]) -> dict[str, str]:
    """The header of a reading as keys and values, in the order of the file."""
    pairs = (line.partition("=") for line in notes.get("header", "").split("\n") if line)
    return {key: value for key, _, value in pairs}


def _as_written(header: HeaderSection) -> str:
    return "\n".join(f"{key}={value}" for key, value in header.values.items())
