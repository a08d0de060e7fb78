# SPDX-License-Identifier: GPL-2.0-or-later
"""Compute a stored result afresh: from what its GeoPackage embeds, or against a catalogue of today."""

from __future__ import annotations

import json
from pathlib import Path

from ..core.catalogue import load_catalogue
from ..core.evidence.compare import Difference, differences
from ..core.files import write_text
from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.model.profile import Check, OfficeProfile, Tolerances
from ..core.model.result import ReviewResult
from ..core.progress import Progress
from ..core.quality.check import CHECKS
from ..core.review import review
from ..core.rules.load import pack_from_text
from ..report.json_result import read_json
from ..sources.catalogue import CatalogueBinder
from ..sources.stored_result import StoredBinder, StoredResult, read_stored
from ..sources.versions import versions


def replay(result_json: str, catalogue: str, progress: Progress) -> tuple[Difference, ...]:
    """What differs between the stored result and the same review computed now; empty: identical.

    The GeoPackage is looked for beside ``result.json``, under the same name. With ``catalogue`` the
    reference layers come from there.
    """
    path = Path(result_json)
    stored = read_stored(path.with_suffix(".gpkg"), read_json(path))
    again = review(
        stored.result.case,
        stored.reading,
        pack_from_text(stored.pack_text),
        _profile(stored.result),
        _binder(stored, catalogue),
        versions=versions(),
        progress=progress,
    )
    return differences(stored.result, again.result)


def _binder(stored: StoredResult, catalogue: str) -> StoredBinder | CatalogueBinder:
    if not catalogue:
        return StoredBinder(stored)
    path = Path(catalogue)
    if stored.reading.crs is None:
        raise LandReviewError("E-CRS-NONE", detail=stored.reading.source)
    at = stored.result.case.reference_date
    return CatalogueBinder(load_catalogue(path), path.resolve().parent, stored.reading.crs, at)


def _profile(result: ReviewResult) -> OfficeProfile:
    """The tolerances of then; what was accepted then is not questioned again."""
    tolerances = Tolerances.model_validate(result.provenance.tolerances)
    off = {rule: Check(off=True) for rule in CHECKS}
    title = Text.same("replay")
    return OfficeProfile(name=result.provenance.profile, title=title, tolerances=tolerances, quality=off)


def write_differences(found: tuple[Difference, ...], path: str) -> None:
    """The differences as JSON."""
    data = {"identical": not found, "differences": [difference.model_dump(mode="json") for difference in found]}
    write_text(Path(path), json.dumps(data, ensure_ascii=False, indent=2) + "\n")
