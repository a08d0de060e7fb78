# SPDX-License-Identifier: GPL-2.0-or-later
"""Handing over from the case page opens the algorithm's own dialog, filled in with the case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import qgis.utils
from qgis.core import QgsApplication
from qgis.gui import QgsBrowserGuiModel

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui.hand_over import ALGORITHM, hand_over
from landreview_plugin.gui.session import Session
from landreview_plugin.processing.provider import LandReviewProvider


@pytest.fixture
def provider(qgis_processing: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[LandReviewProvider]:
    """``landreview`` in the registry, with QGIS's own framework loaded, and a window that has a browser."""
    browser = QgsBrowserGuiModel()
    monkeypatch.setattr(qgis.utils.iface, "browserModel", lambda: browser, raising=False)
    made = LandReviewProvider()
    QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsApplication.processingRegistry().removeProvider(made)


def test_the_dialog_names_the_case(session: Session, case: CaseFile, provider: LandReviewProvider) -> None:
    dialog = hand_over(session, session.view(case.id))
    try:
        assert dialog.isVisible() and dialog.algorithm().id() == ALGORITHM
        assert dialog.createProcessingParameters()["CASES"] == case.number
    finally:
        dialog.close()
        dialog.deleteLater()


def test_page_and_list_read_again_when_it_ended(session: Session, case: CaseFile, provider: LandReviewProvider) -> None:
    heard: list[str] = []
    session.case_changed.connect(heard.append)
    session.cases_changed.connect(lambda: heard.append("list"))
    dialog = hand_over(session, session.view(case.id))
    try:
        dialog.algorithmFinished.emit(True, {})
        assert heard == [case.id, "list"]
    finally:
        dialog.close()
        dialog.deleteLater()
