# SPDX-License-Identifier: GPL-2.0-or-later
"""The quality check: every rule that needs no other case, on the coordinates as handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import shapely

from ..geodesy.area import AreaMethod, Measure
from ..model.base import Text
from ..model.case import Case
from ..model.crs import Crs
from ..model.parcel import Parcel
from ..model.problems import Level, Problem
from ..model.profile import OfficeProfile
from ..overlay.layer import ReferenceLayer
from ..tables import index
from . import areas, attributes, geometry, jurisdiction, topology
from .context import Context

Check = Callable[[Context], Iterator[Problem]]
CHECKS: Mapping[str, Check] = {
    "QA-C01": jurisdiction.datum,
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
    "QA-T04": topology.identical,
    "QA-T07": topology.missing_vertices,
    "QA-A01": areas.stated,
    "QA-A03": areas.both_methods,
    "QA-N01": attributes.doubled_numbers,
    "QA-N02": attributes.missing_numbers,
    "QA-N03": attributes.missing_names,
    "QA-N04": attributes.land_classes,
    "QA-N06": attributes.doubled_labels,
    "QA-N07": attributes.label_gaps,
}
"""Check by id of ``qa_rules.csv``, in the order of the report."""


def check(
    parcels: Sequence[Parcel],
    crs: Crs,
    profile: OfficeProfile,
    *,
    case: Case | None = None,
    measures: Mapping[AreaMethod, Measure] | None = None,
    counties: ReferenceLayer | None = None,
) -> tuple[Problem, ...]:
    """All problems of ``parcels``. Nothing is repaired; a check that is off is said (W-RULE-OFF)."""
    shapes = np.empty(len(parcels), dtype=object)
    shapes[:] = [shapely.force_2d(parcel.geometry) for parcel in parcels]
    context = Context(parcels, shapes, crs, profile, case, measures or {}, counties)
    problems: list[Problem] = []
    for rule, run in CHECKS.items():
        if context.on(rule):
            problems += run(context)
    return (*problems, *_weakened(profile))


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
