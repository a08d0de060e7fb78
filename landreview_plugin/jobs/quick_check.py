# SPDX-License-Identifier: GPL-2.0-or-later
"""A quick check: any polygon against the office's catalogue, by the same rules and the same road as a review.

What costs time is kept from check to check: catalogue, pack and profile are parsed, layers are open.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..core.model.base import Text
from ..core.model.case import Case
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.model.profile import Check
from ..core.model.result import Finding, LayerUse, ReviewResult, RuleSeverity, Verdict
from ..core.overlay.layer import ReferenceLayer
from ..core.progress import Progress
from ..core.review import review
from ..core.rules.hits import polygons
from ..sources.catalogue import CatalogueBinder, OpenLayer
from ..sources.layer_stamp import file_stamp
from ..sources.onto_plane import onto_plane
from ..sources.parcels import read_parcels
from ..sources.versions import versions
from .kit import Frame
from .open_layers import OpenLayers
from .refusal import refuse

NUMBER = "1"
"""Of the one parcel that a drawn polygon becomes."""
NEAR_MISSES = ("QA-T05", "QA-T06")
"""Quality checks of a surveyor's outline against others: of no use for a drawn one, and as dear as all the rules."""
DRAWN_DECIMALS = 3
_NO_AREA = Text(zh="所画图形没有面积", en="what was drawn has no area")


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """What the findings on one layer come to."""

    use: LayerUse
    verdict: Verdict
    severity: RuleSeverity | None
    """Of the worst conflict."""
    area_m2: float
    """The largest of its conflicts': rules on one layer mostly speak of the same land."""
    findings: tuple[Finding, ...]
    """Those with this verdict and severity: why."""


@dataclass(frozen=True, slots=True)
class QuickAnswer:
    """What was found, and the land it was found for, on the plane it was measured on."""

    reading: ParcelReading
    result: ReviewResult
    layers: tuple[LayerVerdict, ...]
    """The worst first."""
    seconds: float


@dataclass(frozen=True, slots=True)
class QuickQuestion:
    """What is asked."""

    land: BaseGeometry
    crs: Crs
    business_type: str
    at: dt.date
    drawn: bool = False
    """By hand, so that no digit beyond the millimetre means anything."""


def joined(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Several polygons as one; an invalid one stays in it, to be refused with its reason."""
    parts = [part for part in parts if not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    if all(part.is_valid for part in parts):
        return shapely.union_all(parts)
    return shapely.MultiPolygon([each for part in parts for each in shapely.get_parts(part)])


def question_of_file(path: Path, business_type: str, at: dt.date) -> QuickQuestion:
    """All parcels of a file, WGS 84 included. Raises as ``read_parcels``, and the first error inside."""
    reading = read_parcels(str(path))
    refuse(reading)
    if reading.crs is None:
        raise LandReviewError("E-CRS-NONE", place=Place(file=path.name))
    return QuickQuestion(joined([each.geometry for each in reading.parcels]), reading.crs, business_type, at)


class QuickChecker:
    """One a window. A new question may come while the old one is still being cancelled: they take turns."""

    def __init__(self, frame: Frame, base: Path) -> None:
        """``base``: the folder that the catalogue's paths start from."""
        self._frame, self._base = frame, base
        checks = frame.profile.quality | {rule: Check(off=True) for rule in NEAR_MISSES}
        self._profile = frame.profile.model_copy(update={"quality": checks})
        self._layers, self._stamps = OpenLayers(), dict[str, str]()
        self._turn = threading.Lock()

    def check(
        self, question: QuickQuestion, progress: Progress, *, project: Mapping[str, OpenLayer] | None = None
    ) -> QuickAnswer:
        """Answer a question, in any thread. ``project``: layers of the open project by the catalogue's source.

        Raises LandReviewError as a review does (an outline that crosses itself), E-GEO-EMPTY for what has no
        area, E-CRS-… for land that can't be brought to the office's plane; CancelledError.
        """
        start = time.perf_counter()
        with self._turn:
            progress.step(0.0)
            self._forget_changed_files()
            reading = self._reading(question)
            assert reading.crs is not None  # onto_plane gave it
            binder = CatalogueBinder(
                self._frame.catalogue, self._base, reading.crs, question.at, _opener(self._layers, project or {})
            )
            case = Case(
                business_type=question.business_type,
                reference_date=question.at,
                jurisdiction=self._frame.catalogue.jurisdiction or self._frame.profile.jurisdiction,
            )
            pack = self._frame.pack
            result = review(case, reading, pack, self._profile, binder, versions=versions(), progress=progress).result
        return QuickAnswer(reading, result, by_layer(result), time.perf_counter() - start)

    def _reading(self, question: QuickQuestion) -> ParcelReading:
        land, plane, notices = onto_plane(
            question.land, question.crs, preferred=self._plane(), any_plane=self._frame.profile.planar_only
        )
        if question.drawn:
            land = shapely.transform(land, lambda xy: np.round(xy, DRAWN_DECIMALS))
        if polygons(land).is_empty or not shapely.area(land):
            raise LandReviewError("E-GEO-EMPTY", detail=_NO_AREA)
        parcel = Parcel(number=NUMBER, name=NUMBER, geometry=land)
        return ParcelReading(source="", crs=plane, parcels=(parcel,), problems=notices)

    def _plane(self) -> Crs | None:
        """The plane of the office's layers, once one of them was opened."""
        planes = (layer.crs for layer in self._layers.opened() if layer.crs.gauss_kruger is not None)
        return next(planes, None)

    def _forget_changed_files(self) -> None:
        """A layer that was replaced is opened again: an answer from the old one could be a wrong "clear"."""
        names = {name for entry in self._frame.catalogue.layers for name in (entry.source, entry.coverage) if name}
        stamps = {name: file_stamp(self._base / name) for name in {each.partition("|")[0] for each in names}}
        if stamps != self._stamps:
            self._layers, self._stamps = OpenLayers(), stamps


def by_layer(result: ReviewResult) -> tuple[LayerVerdict, ...]:
    """The findings of a result by layer, the worst layer first; layers in the order of their keys otherwise."""
    found: dict[str, list[Finding]] = {}
    for finding in result.findings:
        found.setdefault(finding.layer, []).append(finding)
    uses = {use.key: use for use in result.provenance.layers}
    rows = [_of_layer(uses.get(key) or LayerUse(key=key, state="not_checked"), each) for key, each in found.items()]
    return tuple(sorted(rows, key=_rank))


def _of_layer(use: LayerUse, findings: list[Finding]) -> LayerVerdict:
    verdict = Verdict.worst(each.verdict for each in findings)
    same = [each for each in findings if each.verdict is verdict]
    severity = RuleSeverity.worst(each.severity for each in same) if verdict is Verdict.CONFLICT else None
    decisive = tuple(each for each in same if severity is None or each.severity is severity)
    return LayerVerdict(use, verdict, severity, max(each.area_m2 for each in decisive), decisive)


def _rank(row: LayerVerdict) -> tuple[int, int, float]:
    severities = list(RuleSeverity)
    severity = severities.index(row.severity) if row.severity else len(severities)
    return list(Verdict).index(row.verdict), severity, -row.area_m2


def _opener(layers: OpenLayers, project: Mapping[str, OpenLayer]) -> OpenLayer:
    def open_layer(source: str, base: Path, target: Crs) -> ReferenceLayer:
        # a layer of the project is opened anew each time: the user may be editing it
        own = project.get(source)
        return layers.open(source, base, target) if own is None else own(source, base, target)

    return open_layer
