# SPDX-License-Identifier: GPL-2.0-or-later
"""One layer as the rules need it: overlaid, filtered, its coverage known, its content hashed."""

from __future__ import annotations

from dataclasses import dataclass

from .bound_layer import BoundLayer, LayerState
from .evidence.hashes import features_sha256
from .evidence.recorder import RecordedFeature, Recorder
from .geodesy.area import Measure
from .model.base import Language, Text
from .model.case import Case
from .model.problems import LandReviewError
from .model.result import LayerUse
from .overlay.coverage import Coverage, coverage_of
from .overlay.engine import overlay
from .overlay.layer import Geometries
from .progress import Part, Progress
from .rules.evaluate import Need
from .rules.expression import parse
from .rules.facts import LayerFacts
from .rules.filters import filtered
from .tables import index
from .texts import error_sentence


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a layer contributes to a review."""

    facts: LayerFacts
    touched: tuple[RecordedFeature, ...] = ()


def gather(
    bound: BoundLayer,
    need: Need,
    parcels: Geometries,
    case: Case,
    measure: Measure,
    progress: Progress,
    threads: int | None = None,
) -> Gathering:
    """Overlay (n,) parcels with a bound layer. What can't be read becomes "not checked" with its reason."""
    if bound.state is not LayerState.CHECKED:
        return Gathering(LayerFacts(use=_use(bound, bound.state, bound.reason)))
    missing = sorted(need.roles - bound.roles.keys())
    if missing:
        names = ", ".join(missing)
        reason = Text(zh=f"缺少字段：{names}", en=f"fields are missing: {names}")
        return Gathering(LayerFacts(use=_use(bound, LayerState.NOT_CHECKED, reason)))
    try:
        return _overlaid(bound, need, parcels, case, measure, progress, threads)
    except LandReviewError as error:
        reason = Text(zh=error_sentence(error, Language.ZH), en=error_sentence(error, Language.EN))
        return Gathering(LayerFacts(use=_use(bound, LayerState.NOT_CHECKED, reason)))


def _overlaid(
    bound: BoundLayer,
    need: Need,
    parcels: Geometries,
    case: Case,
    measure: Measure,
    progress: Progress,
    threads: int | None,
) -> Gathering:
    assert bound.layer is not None and bound.entry is not None
    recorder = Recorder(bound.layer)
    where = parse(bound.entry.where) if bound.entry.where else None
    fields = sorted({*bound.roles.values(), *(where.fields if where else ())})
    pieces = overlay(
        parcels,
        recorder,
        fields=fields,
        measure=measure,
        search_distance_m=need.search_distance_m,
        keep_geometry=True,
        threads=threads,
        progress=Part(progress, 0.0, 0.9),
    )
    if where is not None:
        pieces = filtered(pieces, where, case.reference_date, measure, parcels)
    coverage = _coverage(bound, parcels, measure, Part(progress, 0.9, 1.0))
    touched = recorder.touched(pieces.fid)
    use = _use(bound, LayerState.CHECKED, bound.coverage_reason).model_copy(
        update={
            "touched_count": len(touched),
            "content_sha256": features_sha256(touched),
            "roles": dict(sorted(bound.roles.items())),
            "construction": bound.entry.construction,
            "covered": coverage is not None,
        }
    )
    facts = LayerFacts(
        use=use,
        overlay=pieces,
        roles=bound.roles,
        constants={"construction": bound.entry.construction} if bound.entry.construction else {},
        coverage=coverage,
        features={feature.fid: feature.geometry for feature in touched},
        fills_county=index("layers", "key")[bound.key]["fills"] == "1",
    )
    return Gathering(facts, touched)


def _coverage(bound: BoundLayer, parcels: Geometries, measure: Measure, progress: Progress) -> Coverage | None:
    return None if bound.coverage is None else coverage_of(parcels, bound.coverage, measure, progress=progress)


def _use(bound: BoundLayer, state: LayerState, reason: Text | None) -> LayerUse:
    row = index("layers", "key").get(bound.key, {})
    layer = bound.layer
    return LayerUse(
        key=bound.key,
        name_zh=row.get("name_zh", bound.key),
        name_en=row.get("name_en", bound.key),
        source=bound.entry.source if bound.entry else "",
        data_date=bound.entry.date if bound.entry else None,
        crs=layer.crs.label if layer else "",
        state=state.value,
        reason=reason,
        coverage=bound.entry.coverage if bound.entry else "",
        feature_count=layer.feature_count if layer else -1,
        notes=layer.notes() if layer and state is LayerState.CHECKED else (),
    )
