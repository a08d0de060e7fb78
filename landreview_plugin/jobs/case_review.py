# SPDX-License-Identifier: GPL-2.0-or-later
"""The review of a case of the store: its cover, answers and parcels as they stand, its files ready to be entered.

Nothing is written into the store here: this may run off the main thread, where the store may not be touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..core.gather import ONCE, Effort
from ..core.model.base import Language
from ..core.model.case import Case
from ..core.model.case_file import CaseFile
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from ..core.progress import Part, Progress
from ..core.quality.surroundings import OpenCase
from ..core.review import review
from ..report.formats import available
from ..sources.catalogue import CatalogueBinder, OpenLayer, open_file
from ..sources.versions import versions
from .kit import Frame
from .refusal import refuse
from .review_job import write_result


@dataclass(frozen=True, slots=True)
class CaseReview:
    """A finished review and where its files lie until they are entered."""

    result: ReviewResult
    files: Mapping[str, Path]
    """By format; ``json`` and ``gpkg`` are always there."""


def review_case(
    case: CaseFile,
    reading: ParcelReading,
    frame: Frame,
    base: Path,
    folder: Path,
    language: Language,
    progress: Progress,
    *,
    open_layer: OpenLayer = open_file,
    more_versions: Mapping[str, str] | None = None,
    effort: Effort = ONCE,
    others: tuple[OpenCase, ...] = (),
) -> CaseReview:
    """Review ``case`` and write its files into ``folder``. ``base``: the folder that the catalogue's paths start from.

    ``others``: open cases nearby (:func:`jobs.open_cases.cases_around`, asked where the store may be touched).
    Raises LandReviewError as ``core.review.review``, and CancelledError within a second.
    """
    refuse(reading)
    if reading.crs is None:
        raise LandReviewError("E-CRS-NONE")
    binder = CatalogueBinder(frame.catalogue, base, reading.crs, case.reference_date, open_layer)
    reviewed = review(
        cover_of(case, frame),
        reading,
        frame.pack,
        frame.profile,
        binder,
        versions=versions() | dict(more_versions or {}),
        progress=Part(progress, 0.0, 0.9),
        effort=effort,
        cases=others,
    )
    # a PDF is set on the main thread, which a review in the background leaves alone: it is printed when asked for
    formats = tuple(name for name, why_not in available().items() if why_not is None and name != "pdf")
    return CaseReview(reviewed.result, write_result(reviewed, folder, formats, language, Part(progress, 0.9, 1.0)))


def cover_of(case: CaseFile, frame: Frame) -> Case:
    """What the rules may ask of a case."""
    return Case(
        number=case.number,
        business_type=case.business_type,
        reference_date=case.reference_date,
        project=case.project,
        applicant=case.applicant,
        jurisdiction=case.jurisdiction or frame.catalogue.jurisdiction or frame.profile.jurisdiction,
        answers=case.answers,
    )
