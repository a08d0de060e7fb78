# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases and parcels in QGIS's locator bar: ``lr`` and a number, a project, an applicant or a parcel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication, QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult, QgsSettings
from qgis.gui import QgsMapCanvas

from ..core.model.case_file import CaseFile
from ..core.model.problems import LandReviewError
from ..i18n import translate
from ..store.parcel_rows import ParcelHit
from ..store.reader import Reader
from .places import zoom_to_box

NAME = "landreview_cases"
PREFIX = "lr"
LEAST = 2
"""Letters from which on there is a search without the prefix: one alone finds everything."""
MOST, FEW = 30, 5
"""Results of each kind: behind the prefix, and among what everybody else finds."""
Where = Callable[[], Path]
OpenCase = Callable[[str], object]


class CaseLocator(QgsLocatorFilter):
    """Searches the store with a connection of its own, in the locator's thread."""

    def __init__(self, where: Where, open_case: OpenCase, canvas: QgsMapCanvas | None) -> None:
        super().__init__()
        self._where, self._open_case, self._canvas = where, open_case, canvas

    def clone(self) -> CaseLocator:
        """QGIS searches with a copy; the path is read on the main thread, where the copy is made."""
        path = self._where()
        return CaseLocator(lambda: path, self._open_case, None)

    def name(self) -> str:
        """The id that QGIS keeps this filter's settings under."""
        return NAME

    def displayName(self) -> str:  # noqa: N802 - QGIS calls this name
        """What the locator's menu says."""
        return translate("landreview", "Cases and parcels (LandReview)")

    def prefix(self) -> str:
        """What QGIS takes for a plugin's own prefix: it wants three letters. What is typed is :func:`give_prefix`'s."""
        return "landreview"

    def priority(self) -> QgsLocatorFilter.Priority:
        """After QGIS's own quick filters."""
        return QgsLocatorFilter.Priority.Medium

    def fetchResults(self, text: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:  # noqa: N802
        """Search; called in a thread. A store that can't be read gives no result: the panel says why."""
        words = text.strip()
        if len(words) < (1 if context.usingPrefix else LEAST):
            return
        try:
            with Reader(self._where()) as reader:
                found = reader.find(words, MOST if context.usingPrefix else FEW)
        except LandReviewError:
            return
        for result in (*map(self._of_case, found.cases), *map(self._of_parcel, found.parcels)):
            if feedback.isCanceled():
                return
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:  # noqa: N802 - QGIS calls this name
        """Open the case; for a parcel bring the map to it, too."""
        data = _data_of(result)
        self._open_case(data["case"])
        if data.get("box") and self._canvas is not None:
            zoom_to_box(self._canvas, tuple(data["box"]))

    def _of_case(self, case: CaseFile) -> QgsLocatorResult:
        result = QgsLocatorResult(self, case.number, {"case": case.id})
        result.description = "  ".join(part for part in (case.project, case.applicant) if part)
        result.group = translate("landreview", "Cases")
        result.icon = QgsApplication.getThemeIcon("/mIconFolder.svg")
        return result

    def _of_parcel(self, parcel: ParcelHit) -> QgsLocatorResult:
        shown = f"{parcel.number}  {parcel.name}".strip()
        result = QgsLocatorResult(self, shown, {"case": parcel.case_id, "box": list(parcel.box_degrees or ())})
        result.description = parcel.case_number
        result.group = translate("landreview", "Parcels")
        result.icon = QgsApplication.getThemeIcon("/mIconPolygonLayer.svg")
        return result


def give_prefix() -> None:
    """Let ``lr`` be what is typed, once: as if the person had set it, who may set something else at any time."""
    stored = QgsSettings()
    if not stored.value("landreview/locator_prefix_given", False, type=bool):
        stored.setValue(f"locator-filters/items/{NAME}/prefix", PREFIX)
        stored.setValue("landreview/locator_prefix_given", True)


def _data_of(result: QgsLocatorResult) -> dict[str, object]:
    """QGIS 3.40 has a function for it, older and newer ones an attribute, too."""
    return dict(result.userData() if callable(result.userData) else result.userData)
