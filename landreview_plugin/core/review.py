# SPDX-License-Identifier: GPL-2.0-or-later
"""The one road that everybody takes: case, parcels, pack, profile, layers → ReviewResult.

Panel, ``qgis_process``, batch and data centre call :func:`review`; it decides nothing by itself
but asks quality, overlay, rules and evidence in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .bound_layer import LayerBinder
from .doubts import disagreements, swept
from .evidence.digest import sealed
from .evidence.hashes import geometry_sha256, parcels_sha256
from .evidence.recorder import RecordedFeature
from .evidence.trace import traced
from .gather import ONCE, Effort, Gathering, gather_all
from .geodesy.area import AreaMethod, Measure, measure_for
from .geodesy.rounding import round_half_up
from .model.base import Text
from .model.case import Case
from .model.crs import Crs
from .model.parcel import Parcel, ParcelReading
from .model.problems import LandReviewError, Problem
from .model.profile import OfficeProfile
from .model.result import (
    AreaRow,
    Finding,
    ParcelSummary,
    Provenance,
    ReviewResult,
    RuleSeverity,
    Uncovered,
    Verdict,
)
from .overlay.area_table import area_table
from .overlay.layer import Geometries, ReferenceLayer, as_array
from .progress import Part, Progress, Silent
from .quality.check import check
from .quality.places import on_the_map, weighed
from .quality.surroundings import OpenCase, Surroundings
from .rules.evaluate import evaluate
from .rules.facts import LayerFacts
from .rules.pack import RulePack
from .rules.uses import rule_uses
from .rules.warnings import pack_warnings

AREA_PLACES = 2
"""Square metres are printed with two decimals."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sealed result with what its GeoPackage embeds beside it."""

    result: ReviewResult
    crs: Crs
    pack_text: str
    touched: Mapping[str, tuple[RecordedFeature, ...]] = field(default_factory=dict)
    """Reference features that the parcels touch, by layer key."""


def review(
    case: Case,
    reading: ParcelReading,
    pack: RulePack,
    profile: OfficeProfile,
    layers: LayerBinder,
    *,
    versions: Mapping[str, str],
    progress: Progress | None = None,
    effort: Effort = ONCE,
    cases: tuple[OpenCase, ...] = (),
    stated_total_ha: Decimal | None = None,
) -> Reviewed:
    """Review the parcels of ``reading``.

    Raises LandReviewError for data that can't be reviewed at all (an E- problem, no rule for the
    business type); whatever is wrong with a reference layer becomes a verdict instead. ``cases``: other open
    cases nearby, for QA-T03. ``stated_total_ha``: of the whole case, for QA-A02.
    """
    whole = progress or Silent()
    if reading.crs is None:
        raise LandReviewError("E-CRS-NONE")
    measures = _measures(pack, reading.crs)
    around = Surroundings(counties=_opened(layers, "xzq"), patches=_opened(layers, "dltb"), cases=cases)
    quality = _quality(case, reading, profile, measures, around, stated_total_ha)
    geometries = as_array(reading.parcels)
    gathered = gather_all(
        case, pack, layers, geometries, measures, Part(whole, 0.05, 0.6 if effort.sweep else 0.9), effort
    )
    facts = {key: each.facts for key, each in gathered.items()}
    findings = evaluate(
        pack, case, reading.parcels, facts, measure=measures[pack.area_method], tolerances=profile.tolerances
    )
    findings = (*findings, *disagreements(reading.parcels, gathered, pack.version))
    if effort.sweep:
        findings = swept(case, reading, pack, profile, layers, measures, findings, Part(whole, 0.6, 0.95))
    whole.step(0.95)
    summaries = _summaries(reading.parcels, geometries, measures, pack.area_method, findings)
    result = ReviewResult(
        case=case,
        verdict=Verdict.worst(finding.verdict for finding in findings),
        worst_severity=RuleSeverity.worst(f.severity for f in findings if f.verdict is Verdict.CONFLICT),
        parcels=summaries,
        findings=findings,
        areas=_areas(reading.parcels, facts, summaries),
        uncovered=_uncovered(reading.parcels, gathered),
        quality=(*quality, *pack_warnings(pack, case, profile)),
        provenance=_provenance(case, reading, pack, profile, gathered, versions),
    )
    touched = {key: each.touched for key, each in gathered.items() if each.touched}
    return Reviewed(sealed(traced(result)), reading.crs, pack.text, touched)


def _measures(pack: RulePack, crs: Crs) -> dict[AreaMethod, Measure]:
    """Planar always; ellipsoidal where the plane allows it, or where the pack insists (then it may refuse)."""
    measures = {AreaMethod.PLANAR: measure_for(AreaMethod.PLANAR, crs)}
    if crs.gauss_kruger is not None or pack.area_method is AreaMethod.ELLIPSOIDAL:
        measures[AreaMethod.ELLIPSOIDAL] = measure_for(AreaMethod.ELLIPSOIDAL, crs)
    return measures


def _opened(layers: LayerBinder, key: str) -> ReferenceLayer | None:
    """A layer that quality checks look at where the catalogue has it; why not is said by the rules that need it."""
    return layers.bind(key).layer if layers.binds(key) else None


def _quality(
    case: Case,
    reading: ParcelReading,
    profile: OfficeProfile,
    measures: Mapping[AreaMethod, Measure],
    around: Surroundings,
    stated_total_ha: Decimal | None,
) -> tuple[Problem, ...]:
    assert reading.crs is not None
    said = weighed(on_the_map(reading.problems, reading.parcels), profile)
    found = check(
        reading.parcels,
        reading.crs,
        profile,
        case=case,
        measures=measures,
        around=around,
        stated_total_ha=stated_total_ha,
    )
    problems = (*said, *(problem for problem in found if not _said(problem, said)))
    errors = tuple(problem for problem in problems if problem.refuses)
    if errors:
        first = errors[0]
        raise LandReviewError(first.code, detail=first.reason, place=first.place, problems=errors[1:])
    return problems


def _said(problem: Problem, already: tuple[Problem, ...]) -> bool:
    """Whether the reader has said the same of the same parcel."""
    return any(p.code == problem.code and p.place.parcel == problem.place.parcel for p in already)


def _summaries(
    parcels: tuple[Parcel, ...],
    geometries: Geometries,
    measures: Mapping[AreaMethod, Measure],
    method: AreaMethod,
    findings: tuple[Finding, ...],
) -> tuple[ParcelSummary, ...]:
    areas = {name: measure(geometries) for name, measure in measures.items()}
    ellipsoidal = areas.get(AreaMethod.ELLIPSOIDAL)
    verdicts: dict[str, list[Verdict]] = {}
    for finding in findings:
        verdicts.setdefault(finding.parcel, []).append(finding.verdict)
    return tuple(
        ParcelSummary(
            number=parcel.number,
            name=parcel.name,
            use=parcel.use,
            land_class=parcel.land_class,
            stated_area_ha=parcel.stated_area_ha,
            area_m2=printed(areas[method][i]),
            area_planar_m2=printed(areas[AreaMethod.PLANAR][i]),
            area_ellipsoidal_m2=None if ellipsoidal is None else printed(ellipsoidal[i]),
            verdict=Verdict.worst(verdicts.get(parcel.number) or verdicts.get("", [])),
            geometry_sha256=geometry_sha256(parcel.geometry),
            labels=parcel.labels,
            geometry=parcel.geometry,
        )
        for i, parcel in enumerate(parcels)
    )


def printed(area_m2: float | Decimal) -> Decimal:
    """Square metres as they are printed: two decimals, half up."""
    return round_half_up(area_m2, AREA_PLACES)


def _areas(
    parcels: tuple[Parcel, ...], facts: Mapping[str, LayerFacts], summaries: tuple[ParcelSummary, ...]
) -> tuple[AreaRow, ...]:
    """The land class table, closed against what the survey covers of each parcel."""
    survey = facts.get("dltb")
    if survey is None or survey.overlay is None:
        return ()
    control = [
        summary.area_m2 - printed(uncovered)
        for summary, uncovered in zip(summaries, survey.overlay.uncovered_m2, strict=True)
    ]
    return area_table(survey.overlay, survey.roles, parcels, "dltb", control)


def _uncovered(parcels: tuple[Parcel, ...], gathered: Mapping[str, Gathering]) -> tuple[Uncovered, ...]:
    reason = Text(zh="超出图层声明的覆盖范围", en="outside the declared coverage of the layer")
    beyond = Text(zh="地块周围超出图层声明的覆盖范围", en="around the parcel, outside the declared coverage")
    rows: list[Uncovered] = []
    for key, each in gathered.items():
        coverage = each.facts.coverage
        if coverage is None:
            continue
        for distance_m, reach in {0.0: coverage, **each.facts.around}.items():
            for i, parcel in enumerate(parcels):
                if (area := printed(reach.uncovered_m2[i])) > 0:
                    facts = {"area_m2": area, "around_m": distance_m, "reason": reason if not distance_m else beyond}
                    shape = reach.uncovered_geometry[i]
                    rows.append(Uncovered(parcel=parcel.number, layer=key, geometry=shape, **facts))
    return tuple(rows)


def _provenance(
    case: Case,
    reading: ParcelReading,
    pack: RulePack,
    profile: OfficeProfile,
    gathered: Mapping[str, Gathering],
    versions: Mapping[str, str],
) -> Provenance:
    assert reading.crs is not None
    return Provenance(
        parcels_sha256=parcels_sha256(reading.parcels),
        source=reading.source,
        source_sha256=reading.sha256,
        crs=reading.crs.label,
        area_method=pack.area_method.value,
        pack=pack.pack,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        profile=profile.name,
        tolerances={name: str(value) for name, value in profile.tolerances.model_dump().items()},
        layers=tuple(each.facts.use for each in gathered.values()),
        rules=rule_uses(pack, case, profile.tolerances),
        versions=dict(versions),
    )
