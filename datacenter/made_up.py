# SPDX-License-Identifier: GPL-2.0-or-later
"""Made-up cases as an office would hand them over: for trials, tests and benchmarks."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field

from pydantic import JsonValue, TypeAdapter

from landreview_plugin.core.evidence.chain import appended
from landreview_plugin.core.evidence.hashes import text_sha256
from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.core.model.event import Event
from landreview_plugin.core.model.opinion import Opinion
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.sync import protocol as wire

CHINA = dt.timezone(dt.timedelta(hours=8))


def now() -> dt.datetime:
    """The time in China, to the second."""
    return dt.datetime.now(CHINA).replace(microsecond=0)


@dataclass
class MadeUpCase:
    """A made-up case as an office keeps it, and its packages."""

    office: str = "430998"
    case: str = field(default_factory=new_id)
    parcels: int = 1
    result: ReviewResult | None = None
    opinions: tuple[Opinion, ...] = ()
    origin: tuple[float, float] = (38500000.0, 3150000.0)
    events: tuple[Event, ...] = ()
    business_type: str = "CZPC"
    facts: dict[str, object] = field(default_factory=dict)
    """Of each parcel, beside its name."""

    @property
    def number(self) -> str:
        """The number for people."""
        return f"{self.office}-CZPC-2026-{self.case[-6:]}"

    def happen(self, kind: str, **body: object) -> None:
        """An entry of the office's log."""
        self.events = appended(
            self.events, case=self.case, kind=kind, actor="张三", office=self.office, body=body, at_client=now()
        )

    def package(
        self, attachments: tuple[wire.Part, ...] = (), **change: object
    ) -> tuple[wire.Manifest, dict[str, str]]:
        """A manifest and the texts of its parts by hash."""
        texts = {"case": self._cover(**change), "parcels": self._parcels(), "events": self._events()}
        if self.result:
            texts["result"] = self.result.model_dump_json(by_alias=True)
        if self.opinions:
            texts["opinions"] = json.dumps([one.model_dump(mode="json") for one in self.opinions], ensure_ascii=False)
        parts = tuple(
            wire.Part(kind=wire.PartKind(kind), name=f"{kind}.json", size=len(text.encode()), sha256=text_sha256(text))
            for kind, text in texts.items()
        )
        manifest = wire.Manifest(
            case=self.case,
            number=self.number,
            jurisdiction=self.office,
            made_at=now(),
            head=self.events[-1].hash,
            event_count=len(self.events),
            parts=(*parts, *attachments),
        )
        return manifest, {text_sha256(text): text for text in texts.values()}

    def submit(
        self, to: str = "4309", rev: int = 0, epoch: int = 0, attachments: tuple[wire.Part, ...] = ()
    ) -> wire.Command:
        """A submission of the case as it is now."""
        if not self.events:
            self.happen("taken_in", file="review.txt")
            self.happen("reviewed", verdict="clear")
        manifest, inline = self.package(attachments)
        return wire.Command(
            id=new_id(),
            type=wire.CommandType.SUBMIT,
            expected_rev=rev,
            expected_epoch=epoch,
            at_client=now(),
            to=to,
            manifest=manifest,
            inline=inline,
        )

    def _cover(self, **change: object) -> str:
        facts = {
            "id": self.case,
            "number": self.number,
            "project": "示范项目",
            "business_type": self.business_type,
            "jurisdiction": self.office,
            "holder": self.office,
            "stage": "county.government",
            "reference_date": "2026-08-01",
        }
        return json.dumps(facts | change, ensure_ascii=False)

    def _parcels(self) -> str:
        x, y = self.origin
        squares = [
            f"POLYGON (({x + i * 200} {y}, {x + i * 200 + 100} {y}, {x + i * 200 + 100} {y + 100}, "
            f"{x + i * 200} {y + 100}, {x + i * 200} {y}))"
            for i in range(self.parcels)
        ]
        parcels = tuple(
            wire.ParcelPart(number=f"{i + 1:02}", facts=self._facts(i + 1), wkt=wkt) for i, wkt in enumerate(squares)
        )
        return wire.canonical_text(wire.Parcels(epsg=4526, parcels=parcels))

    def _facts(self, number: int) -> dict[str, JsonValue]:
        return TypeAdapter(dict[str, JsonValue]).validate_python({"name": f"地块{number}", **self.facts})

    def _events(self) -> str:
        return json.dumps([event.model_dump(mode="json") for event in self.events], ensure_ascii=False)


def order(kind: str, rev: int, epoch: int = 0, **given: object) -> wire.Command:
    """A command without a package."""
    return wire.Command.model_validate(
        {"id": new_id(), "type": kind, "expected_rev": rev, "expected_epoch": epoch, "at_client": now()} | given
    )
