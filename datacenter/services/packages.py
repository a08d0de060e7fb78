# SPDX-License-Identifier: GPL-2.0-or-later
"""Verify a package as it arrives: list, hashes, log, cover, land. Pure: the parts' bytes are handed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from landreview_plugin.core.evidence.chain import verify
from landreview_plugin.core.evidence.hashes import text_sha256
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.event import Event
from landreview_plugin.core.model.opinion import Opinion
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.sync.protocol import Manifest, Parcels, PartKind, canonical_text

from .parcels import Land, lands_of

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""The largest part that is read as text: a result of thousands of parcels is some tens of megabytes."""
_EVENTS = TypeAdapter(tuple[Event, ...])
_OPINIONS = TypeAdapter(tuple[Opinion, ...])


@dataclass(frozen=True, slots=True)
class Package:
    """A package that verifies."""

    manifest: Manifest
    manifest_text: str
    """The manifest as canonical JSON."""
    sha256: str
    """Of that text: the package's identity."""
    cover: CaseFile
    lands: tuple[Land, ...]
    epsg: int
    events: tuple[Event, ...]
    result: ReviewResult | None = None
    opinions: tuple[Opinion, ...] = ()
    inline: Mapping[str, bytes] = field(default_factory=dict)
    """Bodies that came with the command, by hash; all verified and named by the manifest."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the centre has of the case's log already: a new package must go on from there."""

    head: str = ""
    event_count: int = 0


def inline_flaws(manifest: Manifest, inline: Mapping[str, str]) -> tuple[Text, ...]:
    """Bodies that are not what their hash says, or that no part names."""
    sizes = {part.sha256: part.size for part in manifest.parts}
    flaws = []
    for sha256, text in inline.items():
        short = sha256[:12]
        if sha256 not in sizes:
            flaws.append(_text(f"{short}…不在清单中", f"{short}… is not in the manifest"))
        elif text_sha256(text) != sha256 or len(text.encode()) != sizes[sha256]:
            flaws.append(_text(f"{short}…校验值不符", f"{short}… differs from its hash"))
    return tuple(flaws)


def opened(manifest: Manifest, case: str, body: Callable[[str], bytes], known: Known) -> Package | tuple[Text, ...]:
    """The package, or everything that is wrong with it. ``body`` gives the verified bytes of a hash."""
    flaws = [*manifest.flaws()]
    if manifest.case != case:
        flaws.append(_text("清单属于另一案卷", "the manifest belongs to another case"))
    if flaws:
        return tuple(flaws)
    texts = _Reader(manifest, body)
    cover = texts.read(PartKind.CASE, CaseFile.model_validate_json)
    parcels = texts.read(PartKind.PARCELS, Parcels.model_validate_json)
    events = texts.read(PartKind.EVENTS, _EVENTS.validate_json) or ()
    result = texts.read(PartKind.RESULT, ReviewResult.model_validate_json)
    opinions = texts.read(PartKind.OPINIONS, _OPINIONS.validate_json) or ()
    lands, land_flaws = lands_of(parcels) if parcels else ((), ())
    flaws += [*texts.flaws, *land_flaws, *_log_flaws(manifest, events, known), *_cover_flaws(manifest, cover)]
    if flaws or cover is None or parcels is None:
        return tuple(flaws)
    text = canonical_text(manifest)
    return Package(manifest, text, text_sha256(text), cover, lands, parcels.epsg, events, result, opinions)


class _Reader:
    """Reads parts and collects what can't be read."""

    def __init__(self, manifest: Manifest, body: Callable[[str], bytes]) -> None:
        self._manifest = manifest
        self._body = body
        self.flaws: list[Text] = []

    def read(self, kind: PartKind, parse: Callable[[bytes], Any]) -> Any:
        part = self._manifest.part(kind)
        if part is None:
            return None
        if part.size > MAX_TEXT_BYTES:
            self.flaws.append(_text(f"{part.name}过大", f"{part.name} is too large"))
            return None
        try:
            return parse(self._body(part.sha256))
        except (ValidationError, RecursionError) as error:
            why = _first(error)
            self.flaws.append(_text(f"{part.name}无法解析：{why}", f"{part.name} can't be read: {why}"))
            return None


def _log_flaws(manifest: Manifest, events: tuple[Event, ...], known: Known) -> list[Text]:
    try:
        broken = verify(events)
    except ValueError as error:
        return [Text.same(str(error))]
    flaws = [broken.reason] if broken else []
    if not events:
        return flaws
    if events[0].case != manifest.case:
        flaws.append(_text("日志属于另一案卷", "the log belongs to another case"))
    if (events[-1].hash, len(events)) != (manifest.head, manifest.event_count):
        flaws.append(_text("日志与清单不一致", "the log is not the one that the manifest names"))
    if known.event_count and (len(events) < known.event_count or events[known.event_count - 1].hash != known.head):
        flaws.append(
            _text(
                f"日志与中心已收的前{known.event_count}条不衔接",
                f"the log does not go on from the {known.event_count} entries that the centre has",
            )
        )
    flaws += [
        _text(f"第{e.no}条：正文不是JSON", f"entry {e.no}: its body is no JSON") for e in events if not _json(e.body)
    ]
    return flaws


def _cover_flaws(manifest: Manifest, cover: CaseFile | None) -> list[Text]:
    if cover is None:
        return []
    pairs = ((cover.id, manifest.case), (cover.number, manifest.number))
    return [_text(f"封面为{a}，清单为{b}", f"the cover says {a}, the manifest {b}") for a, b in pairs if a != b]


def _json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return type(error).__name__
    flaw = error.errors()[0]
    return f"{'.'.join(str(part)[:60] for part in flaw['loc'])} {flaw['msg']}"[:200]


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)
