# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's browser shows open cases with their layers; a double click opens the case."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsBrowserModel,
    QgsDataItem,
    QgsErrorItem,
    QgsLayerItem,
    QgsVectorLayer,
)
from qgis.gui import QgsDataItemGuiContext
from qgis.PyQt.QtCore import QElapsedTimer
from qgis.PyQt.QtWidgets import QMenu

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui import browser
from landreview_plugin.gui.browser import BrowserMenu, BrowserProvider, CaseItem, RootItem
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.desk import Cover


@pytest.fixture
def opened() -> list[str]:
    """Ids of the cases that were asked for."""
    return []


@pytest.fixture
def model(session: Session, opened: list[str]) -> Iterator[QgsBrowserModel]:
    """QGIS's own model with our provider in the registry."""
    provider = BrowserProvider(lambda: Path(session.settings.workspace), opened.append)
    QgsApplication.dataItemProviderRegistry().addProvider(provider)
    made = QgsBrowserModel()
    made.initialize()
    yield made
    made.deleteLater()
    QgsApplication.dataItemProviderRegistry().removeProvider(provider)
    QgsApplication.processEvents()


def children(model: QgsBrowserModel, item: QgsDataItem) -> list[QgsDataItem]:
    """What QGIS lists below an item, in its own thread (``item.children()`` would make Python their owner)."""
    item.populate(False)
    clock = QElapsedTimer()
    clock.start()
    while item.state() != Qgis.BrowserItemState.Populated and clock.elapsed() < 10_000:
        QgsApplication.processEvents()
    assert item.state() == Qgis.BrowserItemState.Populated
    index = model.findItem(item)
    return [model.dataItem(model.index(row, 0, index)) for row in range(model.rowCount(index))]


def root_of(model: QgsBrowserModel) -> RootItem:
    tops = [model.dataItem(model.index(row, 0)) for row in range(model.rowCount())]
    return next(item for item in tops if isinstance(item, RootItem))


def test_an_open_case_stands_below_landreview(model: QgsBrowserModel, case: CaseFile) -> None:
    (item,) = children(model, root_of(model))
    assert item.name() == f"{case.number}  {case.project}"
    assert case.applicant in item.toolTip()


def test_its_parcels_are_a_layer_that_qgis_can_show(model: QgsBrowserModel, session: Session, case: CaseFile) -> None:
    (item,) = children(model, root_of(model))
    (layer,) = children(model, item)
    assert isinstance(layer, QgsLayerItem)
    shown = QgsVectorLayer(layer.uri(), "parcels", layer.providerKey())
    assert shown.isValid()
    assert shown.featureCount() == len(session.desk().store.hand_in(case.id, 1).parcels)


def test_a_reviewed_case_also_shows_the_layers_of_its_result(model: QgsBrowserModel, reviewed: CaseFile) -> None:
    (item,) = children(model, root_of(model))
    layers = {each.name(): QgsVectorLayer(each.uri(), "x", "ogr") for each in children(model, item)}
    assert len(layers) > 3 and all(layer.isValid() for layer in layers.values())
    assert any(layer.featureCount() for name, layer in layers.items() if "Findings" in name)


def test_a_double_click_or_the_menu_opens_the_case(model: QgsBrowserModel, case: CaseFile, opened: list[str]) -> None:
    (item,) = children(model, root_of(model))
    assert isinstance(item, CaseItem) and item.handleDoubleClick()
    menu = QMenu()
    BrowserMenu().populateContextMenu(item, menu, [item], QgsDataItemGuiContext())
    (action,) = menu.actions()
    action.trigger()
    assert opened == [case.id, case.id]


def test_archived_cases_are_gone_after_a_refresh(model: QgsBrowserModel, session: Session, case: CaseFile) -> None:
    root = root_of(model)
    assert len(children(model, root)) == 1
    desk = session.desk()
    with desk.store.change(case, "archive", {}, desk.actor) as change:
        change.update(archived=True)
    root.depopulate()
    assert not children(model, root)


def test_of_many_cases_the_newest_are_listed_and_the_rest_counted(
    model: QgsBrowserModel, session: Session, case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10,000 items would stop QGIS for seconds."""
    monkeypatch.setattr(browser, "MOST", 2)
    reading = session.desk().store.hand_in(case.id, 1)
    cover = Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1))
    newer = [session.desk().take_in(reading, cover).number for _ in range(3)]
    names = sorted((item.name().strip() for item in children(model, root_of(model))), reverse=True)
    assert names[:2] == newer[:0:-1] and names[2].startswith("2 more") and len(names) == 3


def test_without_a_store_it_is_empty_and_none_is_made(model: QgsBrowserModel, session: Session) -> None:
    assert not children(model, root_of(model))
    assert not Path(session.settings.workspace).exists()


def test_a_store_that_cannot_be_read_says_why(model: QgsBrowserModel, session: Session, case: CaseFile) -> None:
    session.close()
    with sqlite3.connect(session.settings.workspace) as connection:
        connection.execute("UPDATE landreview_store SET value = '99' WHERE key = 'version'")
    connection.close()
    (flaw,) = children(model, root_of(model))
    assert isinstance(flaw, QgsErrorItem) and "E-STORE-NEWER" in flaw.name()
