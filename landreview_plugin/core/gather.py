# SPDX-License-Identifier: GPL-2.0-or-later
"""One layer as the rules need it: overlaid, filtered, its coverage known, its content hashed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .bound_layer import BoundLayer, LayerBinder, LayerState
from .evidence.hashes import features_sha256
from .evidence.recorder import RecordedFeature, Recorder
from .geodesy.area import AreaMethod, Measure
from .model.base import Text
from .model.case import Case
from .model.problems import LandReviewError
from .model.result import LayerUse
from .overlay.coverage import Coverage, around, coverage_of
from .overlay.engine import overlay
from .overlay.layer import Geometries, ReferenceLayer
from .overlay.second import Discrepancy, verify
from .progress import Part, Progress
from .rules.expression import parse
from .rules.facts import LayerFacts
from .rules.filters import filtered, selects_nothing
from .rules.needs import Need, required_layers
from .rules.pack import RulePack
from .tables import index
from .texts import because


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a layer contributes to a review."""

    facts: LayerFacts
    touched: tuple[RecordedFeature, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    """Pieces on which a second engine disagrees; only when it was asked."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look."""

    threads: int | None = None
    verify: bool = False
    """Compute every piece again in exact arithmetic."""
    sweep: bool = False
    """Judge again with the boundaries moved by 1 mm, 1 cm and 0.1 m."""


ONCE = Effort()


def gather_all(
    case: Case,
    pack: RulePack,
    layers: LayerBinder,
    geometries: Geometries,
    measures: Mapping[AreaMethod, Measure],
    progress: Progress,
    effort: Effort,
) -> dict[str, Gathering]:
    """Every layer that the rules of a case need, by key."""
    needs = required_layers(pack, case, layers.binds)
    gathered: dict[str, Gathering] = {}
    reach = _Reach(geometries, measures[pack.area_method], effort.threads)
    for i, (key, need) in enumerate(needs.items()):
        progress.step(i / len(needs), key)
        share = Part(progress, i / len(needs), (i + 1) / len(needs))
        measure = measures[pack.area_method]
        gathered[key] = gather(layers.bind(key), need, geometries, case, measure, share, effort, reach)
    return gathered


class _Reach:
    """How far coverages reach under the parcels of a case; computed once for layers that share one."""

    def __init__(self, parcels: Geometries, measure: Measure, threads: int | None) -> None:
        self._parcels, self._measure, self._threads = parcels, measure, threads
        self._known: list[tuple[ReferenceLayer, Coverage]] = []

    def around(self, coverage: ReferenceLayer, distance_m: float, progress: Progress) -> Coverage:
        """Of the land around the parcels."""
        return around(self._parcels, coverage, distance_m, self._measure, threads=self._threads, progress=progress)

    def of(self, coverage: ReferenceLayer | None, progress: Progress) -> Coverage | None:
        """None without a coverage; raises as :func:`coverage_of` does."""
        if coverage is None:
            return None
        for layer, known in self._known:
            if layer is coverage:
                return known
        found = coverage_of(self._parcels, coverage, self._measure, threads=self._threads, progress=progress)
        self._known.append((coverage, found))
        return found


def gather(
    bound: BoundLayer,
    need: Need,
    parcels: Geometries,
    case: Case,
    measure: Measure,
    progress: Progress,
    effort: Effort,
    reach: _Reach,
) -> Gathering:
    """Overlay (n,) parcels with a bound layer. What can't be read becomes "not checked" with its reason."""
    if bound.state is not LayerState.CHECKED:
        return Gathering(LayerFacts(use=_use(bound, bound.state, bound.reason)))
    if (reason := _unfit(bound, need)) is not None:
        return Gathering(LayerFacts(use=_use(bound, LayerState.NOT_CHECKED, reason)))
    try:
        return _overlaid(bound, need, parcels, case, measure, progress, effort, reach)
    except LandReviewError as error:
        return Gathering(LayerFacts(use=_use(bound, LayerState.NOT_CHECKED, because(error))))


def _unfit(bound: BoundLayer, need: Need) -> Text | None:
    """Why an opened layer can't answer: a field, its features, or their kind is missing."""
    assert bound.layer is not None
    if names := ", ".join(sorted(need.roles - bound.roles.keys())):
        return Text(zh=f"缺少字段：{names}", en=f"fields are missing: {names}")
    if bound.layer.feature_count == 0:
        return Text(
            zh="图层为空（没有任何要素）；如确无此类用地，请在目录中以none签署",
            en="the layer is empty; if there is truly no such land, sign it as none in the catalogue",
        )
    kind = index("layers", "key")[bound.key]["geom"]
    if kind == "Polygon" and bound.layer.dimension in {0, 1}:
        return Text(zh="图层是点或线，不是面，不能计算面积", en="the layer has points or lines, not areas")
    return None


def _overlaid(
    bound: BoundLayer,
    need: Need,
    parcels: Geometries,
    case: Case,
    measure: Measure,
    progress: Progress,
    effort: Effort,
    reach: _Reach,
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
        threads=effort.threads,
        progress=Part(progress, 0.0, 0.9),
    )
    doubts = verify(pieces, parcels, bound.layer) if effort.verify else ()
    if where is not None:
        kept = filtered(pieces, where, case.reference_date, measure, parcels)
        if len(pieces.parcel) and not len(kept.parcel) and not kept.unchecked:
            # what lies here was all kept out: because it is of another kind, or because the filter is wrong
            why = selects_nothing(bound.layer, where, case.reference_date, Part(progress, 0.9, 0.9))
            if why is not None:
                return Gathering(LayerFacts(use=_use(bound, LayerState.NOT_CHECKED, why)))
        pieces = kept
    coverage = reach.of(bound.coverage, Part(progress, 0.9, 0.95))
    rings = {
        limit_m: reach.around(bound.coverage, limit_m, Part(progress, 0.95, 1.0))
        for limit_m in sorted(need.limits_m)
        if bound.coverage is not None
    }
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
        around=rings,
        features={feature.fid: feature.geometry for feature in touched},
        fills_county=index("layers", "key")[bound.key]["fills"] == "1",
    )
    return Gathering(facts, touched, doubts)


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
        where=bound.entry.where if bound.entry else "",
        coverage=bound.entry.coverage if bound.entry else "",
        feature_count=layer.feature_count if layer else -1,
        notes=layer.notes() if layer and state is LayerState.CHECKED else (),
    )
