# SPDX-License-Identifier: GPL-2.0-or-later
"""The quality check: every rule that needs no evidence of other rooms, on the coordinates as handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from ..geodesy.area import AreaMethod, Measure
from ..model.base import Language, Text
from ..model.case import Case
from ..model.crs import Crs
from ..model.parcel import Parcel
from ..model.problems import LandReviewError, Level, Problem
from ..model.profile import OfficeProfile
from ..overlay.layer import as_array
from ..tables import index
from ..texts import error_sentence
from . import (
    agreement,
    areas,
    attributes,
    geometry,
    jurisdiction,
    map_sheets,
    near,
    other_cases,
    topology,
    zone_by_county,
)
from .context import Context
from .places import on_the_map
from .surroundings import NOWHERE, Surroundings

Check = Callable[[Context], Iterator[Problem]]
CHECKS: Mapping[str, Check] = {
    "QA-C01": jurisdiction.datum,
    "QA-C02": zone_by_county.contradicted,
    "QA-C04": jurisdiction.zones,
    "QA-J03": jurisdiction.code,
    "QA-J01": jurisdiction.province,
    "QA-J02": jurisdiction.county,
    "QA-G03": geometry.doubled_points,
    "QA-G04": geometry.close_points,
    "QA-G05": geometry.faults,
    "QA-G06": geometry.spikes,
    "QA-G07": geometry.acute_angles,
    "QA-G08": geometry.ring_order,
    "QA-G10": geometry.collinear_points,
    "QA-G12": geometry.several_parts,
    "QA-G16": geometry.long_edges,
    "QA-S01": geometry.tiny,
    "QA-S02": geometry.thin,
    "QA-S03": geometry.compactness,
    "QA-T01": topology.overlaps,
    "QA-T02": topology.gaps,
    "QA-T03": other_cases.overlaps,
    "QA-T04": topology.identical,
    "QA-T05": near.administrative_boundaries,
    "QA-T06": near.patch_boundaries,
    "QA-T07": topology.missing_vertices,
    "QA-A01": areas.stated,
    "QA-A02": areas.total,
    "QA-A03": areas.both_methods,
    "QA-N01": attributes.doubled_numbers,
    "QA-N02": attributes.missing_numbers,
    "QA-N03": attributes.missing_names,
    "QA-N04": attributes.land_classes,
    "QA-N05": attributes.uses,
    "QA-N06": attributes.doubled_labels,
    "QA-N07": attributes.label_gaps,
    "QA-N08": map_sheets.wrong_sheets,
    "QA-X03": agreement.files,
    "QA-X04": agreement.drawings,
}
"""Check by id of ``qa_rules.csv``, in the order of the report."""


def check(
    parcels: Sequence[Parcel],
    crs: Crs,
    profile: OfficeProfile,
    *,
    case: Case | None = None,
    measures: Mapping[AreaMethod, Measure] | None = None,
    around: Surroundings = NOWHERE,
    stated_total_ha: Decimal | None = None,
) -> tuple[Problem, ...]:
    """All problems of ``parcels``. Nothing is repaired; a check that is off is said (W-RULE-OFF).

    ``stated_total_ha``: of the whole case, as the application says it; compared with the sum of the parcels.
    """
    context = Context(parcels, as_array(parcels), crs, profile, case, measures or {}, around, stated_total_ha)
    problems: list[Problem] = []
    for rule, run in CHECKS.items():
        if context.on(rule):
            problems += _run(rule, run, context)
    return (*on_the_map(problems, parcels), *_weakened(profile))


def _run(rule: str, run: Check, context: Context) -> Iterator[Problem]:
    """What a check finds; that it could not be made, where a layer can't be read, is a warning of its own."""
    try:
        yield from run(context)
    except LandReviewError as error:
        reason = Text(
            zh=f"质量检查{rule}未能完成：{error_sentence(error, Language.ZH)}",
            en=f"quality check {rule} was not made: {error_sentence(error, Language.EN)}",
        )
        yield Problem(code=error.code, level=Level.WARNING, reason=reason, rule=rule)


def _weakened(profile: OfficeProfile) -> Iterator[Problem]:
    """What the office switched off or made milder than ``qa_rules.csv``: each is said."""
    order = list(Level)
    for rule, changed in sorted(profile.quality.items()):
        usual = index("qa_rules", "code")[rule]["severity"]
        milder = bool(changed.severity) and order.index(Level(changed.severity)) > order.index(Level(usual))
        if changed.off:
            reason = Text(zh=f"质量检查{rule}已关闭", en=f"quality check {rule} is off")
        elif milder:
            reason = Text(
                zh=f"质量检查{rule}由{usual}降为{changed.severity}",
                en=f"quality check {rule} is {changed.severity} instead of {usual}",
            )
        else:
            continue
        yield Problem(code="W-RULE-OFF", level=Level.WARNING, reason=reason, rule=rule)
