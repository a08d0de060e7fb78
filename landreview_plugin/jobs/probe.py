# SPDX-License-Identifier: GPL-2.0-or-later
"""Tries a binding as a review would: opened for real, then said aspect by aspect what a review can do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..core.bound_layer import BoundLayer, LayerState
from ..core.model.base import Text
from ..core.model.catalogue import Catalogue, CatalogueEntry
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError
from ..core.overlay.layer import ReferenceLayer
from ..core.progress import Progress
from ..core.texts import because
from ..sources.catalogue import CatalogueBinder, OpenLayer, open_file
from ..sources.layer_list import layers_of
from .probe_fields import fields_said, filter_said
from .probe_sample import Sample, geometry_said, take_sample
from .probe_words import Aspect, Said, Sign, fail, ok, warn


@dataclass(frozen=True, slots=True)
class Probe:
    """What a test of one binding found. Its sign is the worst of its sentences."""

    entry: CatalogueEntry
    said: tuple[Said, ...]
    field_names: tuple[str, ...] = ()
    """The fields of the source; empty when it could not be opened."""
    roles: tuple[tuple[str, str], ...] = ()
    """(role, field) as a review would take them."""

    @property
    def sign(self) -> Sign:
        """What the row shows."""
        return max((each.sign for each in self.said), default=Sign.OK)


def probe(
    entry: CatalogueEntry,
    base: Path,
    plane: Crs | None,
    at: dt.date,
    progress: Progress,
    open_layer: OpenLayer = open_file,
) -> Probe:
    """Try ``entry`` in ``plane`` (None: its own) for a case of the day ``at``. Never raises but when cancelled."""
    progress.step(0.0, entry.key)
    if entry.none is not None:
        return Probe(entry, tuple(_signed(entry, at)))
    try:
        target = plane or _own_plane(entry.source, base)
    except LandReviewError as error:
        return Probe(entry, (fail(Aspect.FOUND, because(error)),))
    bound = _binder(entry, base, target, at, open_layer).bind(entry.key)
    if bound.layer is None:
        return Probe(entry, tuple(_unusable(bound, entry, base, target, at, open_layer)))
    progress.step(0.3, bound.layer.name)
    return Probe(
        entry,
        tuple(_all_said(bound, bound.layer, entry, target, at, progress)),
        tuple(bound.layer.field_names),
        tuple(sorted(bound.roles.items())),
    )


def _binder(entry: CatalogueEntry, base: Path, target: Crs, at: dt.date, open_layer: OpenLayer) -> CatalogueBinder:
    return CatalogueBinder(Catalogue(layers=(entry,)), base, target, at, open_layer)


def _own_plane(source: str, base: Path) -> Crs:
    """The CRS of a file, where the office has no plane of its own."""
    location, _, options = source.partition("|")
    path = Path(location) if Path(location).is_absolute() else base / location
    wanted = options.partition("layername=")[2]
    found = next((each for each in layers_of(path) if not wanted or each.name == wanted), None)
    if found is None or found.crs is None:
        raise LandReviewError("E-CRS-NONE", detail=source)
    return found.crs


def _signed(entry: CatalogueEntry, at: dt.date) -> Iterator[Said]:
    none = entry.none
    assert none is not None
    yield ok(
        Aspect.FOUND,
        Text(
            zh=f"声明无此类：{none.reason}（{none.by}，{none.date}）",
            en=f"signed that there is none: {none.reason} ({none.by}, {none.date})",
        ),
    )
    if none.date > at:
        yield fail(Aspect.DATE, _later(none.date, at))


def _unusable(
    bound: BoundLayer, entry: CatalogueEntry, base: Path, target: Crs, at: dt.date, open_layer: OpenLayer
) -> Iterator[Said]:
    """Why a review would say "not checked"; what of the rest can be said all the same."""
    if entry.data_date is not None and entry.data_date > at:
        yield fail(Aspect.DATE, _later(entry.data_date, at))
    else:
        assert bound.reason is not None and bound.state is LayerState.NOT_CHECKED
        aspect = Aspect.DATE if bound.entry and _without_age(bound, base, target, at, open_layer) else Aspect.FOUND
        yield fail(aspect, bound.reason)


def _without_age(bound: BoundLayer, base: Path, target: Crs, at: dt.date, open_layer: OpenLayer) -> bool:
    """Whether the age alone is in the way."""
    assert bound.entry is not None
    ageless = bound.entry.model_copy(update={"max_age_days": None})
    again = _binder(ageless, base, target, at, open_layer).bind(bound.key)
    return bound.entry.max_age_days is not None and again.layer is not None


def _all_said(
    bound: BoundLayer, layer: ReferenceLayer, entry: CatalogueEntry, target: Crs, at: dt.date, progress: Progress
) -> Iterator[Said]:
    yield ok(Aspect.FOUND, Text.same(layer.name))
    yield ok(Aspect.CRS, _plane(layer.crs, target))
    try:
        sample: Sample | None = take_sample(layer, bound.roles, entry.where)
    except LandReviewError as error:
        sample = None
        yield fail(Aspect.GEOMETRY, because(error))
    progress.step(0.8, layer.name)
    if sample is not None:
        yield geometry_said(entry.key, sample)
    yield fields_said(entry.key, bound.roles, sample)
    if entry.where:
        yield filter_said(entry.where, layer.field_names, sample, at)
    yield _date_said(entry, at)
    yield _coverage_said(bound, layer)
    yield _count_said(layer.feature_count)


def _plane(own: Crs, target: Crs) -> Text:
    if own.code == target.code:
        return Text.same(own.label)
    return Text(zh=f"{own.label}，转换到{target.label}", en=f"{own.label}, brought to {target.label}")


def _date_said(entry: CatalogueEntry, at: dt.date) -> Said:
    if entry.data_date is None:
        return warn(
            Aspect.DATE, Text(zh="未填数据日期：结果无法说明数据新旧", en="no date: a result can't say how old it is")
        )
    age = (at - entry.data_date).days
    limit = entry.max_age_days
    if limit is None:
        return ok(Aspect.DATE, Text(zh=f"{entry.data_date}，已{age}天", en=f"{entry.data_date}, {age} days old"))
    return ok(
        Aspect.DATE,
        Text(zh=f"{entry.data_date}，已{age}天，上限{limit}天", en=f"{entry.data_date}, {age} of {limit} days old"),
    )


def _coverage_said(bound: BoundLayer, layer: ReferenceLayer) -> Said:
    if bound.coverage is None:
        reason = bound.coverage_reason or Text(zh="未声明覆盖范围", en="no coverage declared")
        return warn(
            Aspect.COVERAGE,
            Text(zh=f"{reason.zh}：结论不会是“无冲突”", en=f"{reason.en}: the verdict can never be clear"),
        )
    area, data = bound.coverage.extent(), layer.extent()
    if area is None:
        return fail(Aspect.COVERAGE, Text(zh="覆盖范围图层没有要素", en="the layer of the coverage has no feature"))
    if data is not None and not _reaches(area, data):
        return warn(
            Aspect.COVERAGE,
            Text(
                zh=f"数据超出声明的覆盖范围（{bound.coverage.name}）",
                en=f"the data reach beyond what is declared ({bound.coverage.name})",
            ),
        )
    return ok(Aspect.COVERAGE, Text.same(bound.coverage.name))


_MARGIN = 0.02


def _reaches(area: tuple[float, float, float, float], data: tuple[float, float, float, float]) -> bool:
    """Whether the box of a coverage holds that of the data, but for a fiftieth of its size."""
    slack = _MARGIN * max(area[2] - area[0], area[3] - area[1])
    low = all(area[i] - slack <= data[i] for i in (0, 1))
    return low and all(data[i] <= area[i] + slack for i in (2, 3))


def _count_said(count: int) -> Said:
    if count < 0:
        return ok(Aspect.COUNT, Text(zh="要素数未知", en="the number is not known without reading all"))
    if count == 0:
        return warn(
            Aspect.COUNT,
            Text(
                zh="没有要素：处处“无冲突”。若确无此类，请改为签字声明",
                en="no feature: clear everywhere. If there truly is no such land, sign “none” instead",
            ),
        )
    return ok(Aspect.COUNT, Text(zh=f"{count}个要素", en=f"{count} features"))


def _later(date: dt.date, at: dt.date) -> Text:
    return Text(zh=f"{date}起有效，晚于{at}", en=f"counts from {date}, which is later than {at}")
