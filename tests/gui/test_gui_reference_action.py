# SPDX-License-Identifier: GPL-2.0-or-later
"""One click puts the office's reference layers into the project, in the background; a second one adds none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_waiting import settle, until
from qgis.core import QgsProject, QgsTask

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.gui.reference_action import add_reference_layers
from landreview_plugin.gui.session import Session


@pytest.fixture
def project(qgis_new_project: None) -> Iterator[QgsProject]:
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def said(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(session.presenter, "say", found.append)
    return found


@pytest.fixture
def shown(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[LandReviewError]:
    found: list[LandReviewError] = []
    monkeypatch.setattr(session.presenter, "show_error", lambda error, retry=None: found.append(error))
    return found


def done(task: QgsTask | None) -> None:
    assert task is not None
    ended: list[bool] = []
    task.ended.connect(lambda: ended.append(True))
    until(lambda: ended)


def test_one_click_adds_all_and_a_second_none(session: Session, project: QgsProject, said: list[str]) -> None:
    done(add_reference_layers(session, project))
    assert len(project.mapLayers()) == 9 and said[-1].startswith("9 ")
    assert add_reference_layers(session, project) is None
    assert len(project.mapLayers()) == 9 and "already" in said[-1]


def test_without_a_catalogue_the_way_to_one_is_shown(
    session: Session, project: QgsProject, shown: list[LandReviewError]
) -> None:
    session.set_settings(replace(session.settings, catalogue=""))
    assert add_reference_layers(session, project) is None
    assert shown[0].code == "E-CASE-PARAM" and shown[0].hint is not None and "Options" in shown[0].hint.en


def test_what_cannot_be_opened_is_said_beside_what_was_added(
    session: Session,
    project: QgsProject,
    catalogue: Callable[..., Path],
    said: list[str],
    shown: list[LandReviewError],
) -> None:
    catalogue(change={"pbf": {"source": "gone.gpkg"}})
    session.catalogue_changed.emit()
    done(add_reference_layers(session, project))
    assert said[-1].startswith("8 ")
    assert shown[0].detail is not None and "Permanent basic farmland" in shown[0].detail.en


def test_another_project_opened_meanwhile_gets_nothing(session: Session, project: QgsProject, said: list[str]) -> None:
    task = add_reference_layers(session, project)
    project.clear()
    done(task)
    assert not project.mapLayers() and "Another project" in said[-1]


def test_it_can_be_cancelled(session: Session, project: QgsProject) -> None:
    task = add_reference_layers(session, project)
    assert task is not None
    ended: list[bool] = []
    task.ended.connect(lambda: ended.append(True))
    task.cancel()
    until(lambda: ended, 1.0)
    settle()
    assert not project.mapLayers()
