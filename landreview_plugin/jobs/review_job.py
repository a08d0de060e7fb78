# SPDX-License-Identifier: GPL-2.0-or-later
"""One review from files to files: inputs by name, a sealed result, reports. Needs no QGIS.

The algorithm, a batch worker and the panel all start a review here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ..core.boundary.dialects import load_dialects
from ..core.gather import ONCE, Effort
from ..core.model.base import Language
from ..core.model.case import Case
from ..core.model.crs import Crs
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.progress import Progress
from ..core.review import Reviewed, review
from ..core.yaml_source import CASE_CODES, read_document
from ..report.formats import require, write_reports
from ..sources.catalogue import CatalogueBinder, OpenLayer, open_file
from ..sources.import_options import ImportOptions, field_pairs
from ..sources.parcels import read_parcels
from ..sources.result_gpkg import write_result_gpkg
from ..sources.versions import versions
from .kit import Frame, load_frame
from .open_cases import open_cases
from .refusal import refuse

STEM = "result"
"""Files of a result are result.gpkg, result.json, …: one folder a case."""


@dataclass(frozen=True, slots=True)
class ReviewJob:
    """What a review is started with. Empty text: not given."""

    input: str
    """A hand-in file, or ``path|layername=x``; not read when ``reading`` is handed in."""
    catalogue: str
    business_type: str
    reference_date: dt.date
    profile: str = "hunan"
    rulepack: str = ""
    """Path or built-in name; empty: the profile's."""
    answers: str = ""
    case_number: str = ""
    project: str = ""
    applicant: str = ""
    crs: Crs | None = None
    strict: bool = False
    accept: frozenset[str] = frozenset()
    fields: str = ""
    """Which field says what, ``number=DKBH;use=TDYT``; empty: guessed by their names."""
    dialects: str = ""
    """Folder with the office's own TXT dialects."""
    stated_total_ha: float | None = None
    """Of the whole case, as the application says it; None: not compared."""
    workspace: str = ""
    """A store whose other open cases must not want the same land; empty: not compared."""

    def run(
        self,
        progress: Progress,
        *,
        reading: ParcelReading | None = None,
        open_layer: OpenLayer = open_file,
        more_versions: Mapping[str, str] | None = None,
        effort: Effort = ONCE,
        frame: Frame | None = None,
    ) -> Reviewed:
        """Read everything, refuse early, and review. ``open_layer`` may keep layers open or know a project's.

        ``frame``: profile, catalogue and pack where somebody has read them already.
        """
        path = Path(self.catalogue)
        frame = frame or load_frame(self.profile, self.catalogue, self.rulepack)
        profile, catalogue, pack = frame.profile, frame.catalogue, frame.pack
        reading = reading or read_parcels(self.input, self.import_options)
        self._refuse(reading)
        assert reading.crs is not None  # refuse() lets nothing without a CRS through
        case = Case(
            number=self.case_number,
            business_type=self.business_type,
            reference_date=self.reference_date,
            project=self.project,
            applicant=self.applicant,
            jurisdiction=catalogue.jurisdiction or profile.jurisdiction,
            answers=read_answers(self.answers),
        )
        layers = CatalogueBinder(catalogue, path.resolve().parent, reading.crs, case.reference_date, open_layer)
        about = versions() | dict(more_versions or {})
        others = open_cases(Path(self.workspace), reading, self.case_number) if self.workspace else ()
        return review(
            case,
            reading,
            pack,
            profile,
            layers,
            versions=about,
            progress=progress,
            effort=effort,
            cases=others,
            stated_total_ha=None if self.stated_total_ha is None else Decimal(repr(self.stated_total_ha)),
        )

    @property
    def import_options(self) -> ImportOptions:
        """How the hand-in is read."""
        return ImportOptions(
            crs=self.crs,
            strict=self.strict,
            accept_repairs=self.accept,
            field_mapping=field_pairs(self.fields),
            dialects=load_dialects(Path(self.dialects)) if self.dialects else (),
        )

    def _refuse(self, reading: ParcelReading) -> None:
        """What can't be reviewed; WGS 84 is for a look only, unless somebody names the plane."""
        refuse(reading, strict=self.strict)
        if self.crs is None and any(problem.code == "W-CRS-WGS84" for problem in reading.problems):
            raise LandReviewError("W-CRS-WGS84", place=Place(file=reading.source))


def read_answers(path: str) -> dict[str, str]:
    """Answers by question id from a YAML or JSON file; none without a file."""
    if not path:
        return {}
    data = read_document(Path(path), CASE_CODES).data
    if not isinstance(data, dict):
        raise LandReviewError("E-CASE-TYPE", place=Place(file=path))
    return {str(key): _answer(value) for key, value in data.items()}


def _answer(value: object) -> str:
    """YAML takes an unquoted yes or no for a truth value; here they are answers."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def write_result(
    reviewed: Reviewed,
    folder: Path,
    formats: tuple[str, ...],
    language: Language,
    progress: Progress,
    *,
    map_template: Path | None = None,
) -> dict[str, Path]:
    """Write the formats asked for into ``folder``, each beside its place first, then renamed.

    The maps of a PDF come from the GeoPackage, which is therefore written along with it.
    """
    require(formats)
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    if "gpkg" in formats or "pdf" in formats:
        written["gpkg"] = folder / f"{STEM}.gpkg"
        write_result_gpkg(
            reviewed.result, written["gpkg"], reviewed.crs, pack_text=reviewed.pack_text, touched=reviewed.touched
        )
    progress.step(0.5)
    rest = tuple(name for name in formats if name != "gpkg")
    return written | write_reports(reviewed.result, folder, STEM, rest, language, map_template=map_template)
