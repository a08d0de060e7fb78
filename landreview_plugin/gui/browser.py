# SPDX-License-Identifier: GPL-2.0-or-later
"""Open cases in QGIS's browser panel, with their parcels and the layers of their last review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsErrorItem,
    QgsLayerItem,
)
from qgis.gui import QgsDataItemGuiContext, QgsDataItemGuiProvider
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu

from ..core.model.base import Language
from ..core.model.case_file import CaseFile
from ..core.model.problems import LandReviewError
from ..core.tables import RESOURCES
from ..core.texts import error_sentence
from ..core.words import verdict_text
from ..i18n import language, translate
from ..sources.result_layers import LAYERS
from ..store.reader import Reader

OpenCase = Callable[[str], object]
Where = Callable[[], Path]
ROOT = "landreview:"
MOST = 100
"""Cases that are listed: QGIS takes 0.35 ms for each, and stands still meanwhile (3.5 s for 10,000, measured)."""


class CaseItem(QgsDataCollectionItem):
    """An open case. Its layers are listed by QGIS in a thread of its own."""

    def __init__(self, parent: QgsDataItem, case: CaseFile, path: Path, open_case: OpenCase) -> None:
        super().__init__(parent, f"{case.number}  {case.project}".strip(), f"{ROOT}/{case.id}")
        self.case, self._path, self._open_case = case, path, open_case
        self.setIcon(QgsApplication.getThemeIcon("/mIconFolder.svg"))
        self.setSortKey(case.number)
        said = verdict_text(case.verdict, case.worst_severity).get(Language(language())) if case.verdict else ""
        self.setToolTip("\n".join(part for part in (case.number, case.project, case.applicant, said) if part))

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - QGIS calls this name
        """The parcels that count, and the layers of the last review."""
        try:
            with Reader(self._path) as reader:
                results = reader.results(self.case.id)
                gpkg = reader.blobs.path(results[-1].gpkg_sha256, ".gpkg") if results else None
        except LandReviewError as error:
            return [_flaw(self, error)]
        where = f"case_id = '{self.case.id}' AND current = 1"
        parcels = f"{self._path}|layername=parcels|subset={where}"
        children = [_layer(self, translate("landreview", "Parcels as handed in"), parcels)]
        if gpkg is not None and gpkg.is_file():
            children += [_layer(self, spec.title, f"{gpkg}|layername={spec.name}") for spec in LAYERS if spec.spatial]
        return children

    def handleDoubleClick(self) -> bool:  # noqa: N802 - QGIS calls this name
        """Open the case in the panel."""
        self.show_case()
        return True

    def show_case(self) -> None:
        """Open the case in the panel."""
        self._open_case(self.case.id)


class RootItem(QgsDataCollectionItem):
    """``LandReview``: the cases that are not archived."""

    def __init__(self, where: Where, open_case: OpenCase) -> None:
        super().__init__(None, "LandReview", ROOT)
        self._where, self._open_case = where, open_case
        self.setIcon(QIcon(str(RESOURCES / "icons" / "landreview.svg")))

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - QGIS calls this name
        """A case each; where there is no store yet, nothing; where it can't be read, why."""
        path = self._where()
        try:
            with Reader(path) as reader:
                cases, count = reader.newest_open(MOST), reader.count_open()
        except LandReviewError as error:
            return [_flaw(self, error)] if path.exists() else []
        items: list[QgsDataItem] = [CaseItem(self, case, path, self._open_case) for case in cases]
        if count > len(cases):
            more = translate("landreview", "{} more: search for them with “lr” in the locator bar")
            items.append(_info(self, more.format(count - len(cases))))
        return items


class BrowserProvider(QgsDataItemProvider):
    """Puts the root into the browser."""

    def __init__(self, where: Where, open_case: OpenCase) -> None:
        super().__init__()
        self._where, self._open_case = where, open_case
        self.root: RootItem | None = None

    def name(self) -> str:
        """The id of this provider."""
        return "LandReview"

    def capabilities(self) -> Qgis.DataItemProviderCapability:
        """It lists databases, as it were."""
        return Qgis.DataItemProviderCapability.Databases

    def createDataItem(self, path: str, parent: QgsDataItem | None) -> QgsDataItem | None:  # noqa: N802
        """The root for the top of the browser."""
        if path or parent is not None:
            return None
        self.root = RootItem(self._where, self._open_case)
        return self.root


class BrowserMenu(QgsDataItemGuiProvider):
    """What the right mouse button offers on a case."""

    def name(self) -> str:
        """The id of this provider."""
        return "LandReview"

    def populateContextMenu(  # noqa: N802 - QGIS calls this name
        self, item: QgsDataItem, menu: QMenu, selected: Iterable[QgsDataItem], context: QgsDataItemGuiContext
    ) -> None:
        """Open the case."""
        if isinstance(item, CaseItem):
            menu.addAction(translate("landreview", "Open case"), item.show_case)


def _layer(parent: QgsDataItem, name: str, uri: str) -> QgsLayerItem:
    item = QgsLayerItem(parent, name, uri, uri, Qgis.BrowserLayerType.Polygon, "ogr")
    item.setState(Qgis.BrowserItemState.Populated)
    return item


def _info(parent: QgsDataItem, text: str) -> QgsDataItem:
    item = QgsDataItem(Qgis.BrowserItemType.Custom, parent, text, f"{parent.path()}/more")
    item.setState(Qgis.BrowserItemState.Populated)
    item.setSortKey("~")  # behind every number
    return item


def _flaw(parent: QgsDataItem, error: LandReviewError) -> QgsErrorItem:
    return QgsErrorItem(parent, error_sentence(error, Language(language())), f"{parent.path()}/flaw")
