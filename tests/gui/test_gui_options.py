# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings ▸ Options ▸ LandReview: what is shown, what is taken, what is refused or said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_waiting import until
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtWidgets import QScrollArea

from landreview_plugin import settings as stored
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.profile import load_profile
from landreview_plugin.gui.options.factory import OptionsFactory
from landreview_plugin.gui.options.page import OptionsPage
from landreview_plugin.gui.session import Session
from landreview_plugin.settings import AreaUnit
from landreview_plugin.store import network
from landreview_plugin.store.workspace import Workspace


@pytest.fixture
def edited() -> list[Path]:
    """Catalogues that the editor was asked for."""
    return []


@pytest.fixture
def page(session: Session, edited: list[Path]) -> Iterator[OptionsPage]:
    """The page as QGIS's options dialog gets it."""
    for name in ("catalogue", "profile", "workspace"):
        QgsSettings().remove(f"landreview/{name}")
    made = OptionsFactory(session, edited.append).createWidget(None)
    yield made
    made.deleteLater()
    QgsSettings().remove(stored.GROUP)
    QgsApplication.processEvents()


def test_it_shows_what_is_set(page: OptionsPage, session: Session) -> None:
    assert page.taken() == session.settings
    assert page.person.person.text() == "李四"
    assert page.person.office.placeholderText() == "430998" and "青岚县" in page.person.office_note.text()
    assert "9 are bound, 17 signed" in page.catalogue.state.text()
    assert f"{len(session.frame().pack.rules)} rules" in page.rules.state.text()


def test_nothing_is_kept_before_apply_and_everything_after(page: OptionsPage, session: Session, tmp_path: Path) -> None:
    told: list[str] = []
    session.settings_changed.connect(lambda: told.append("settings"))
    session.catalogue_changed.connect(lambda: told.append("catalogue"))
    before = session.settings
    page.person.person.setText(" 王五 ")
    page.person.role.setCurrentIndex(page.person.role.findData("leader"))
    page.person.unit.setCurrentIndex(page.person.unit.findData(AreaUnit.MU))
    page.person.office.setText("430121 长沙县")
    page.store.path.setFilePath(str(tmp_path / "other.gpkg"))
    page.server.server.setText("https://centre.example/api/")
    assert session.settings == before and not told
    page.apply()
    assert session.settings == replace(
        before,
        person="王五",
        role="leader",
        unit=AreaUnit.MU,
        office="430121",
        workspace=tmp_path / "other.gpkg",
        server="https://centre.example/api",
    )
    assert stored.read() == session.settings
    assert told == ["settings"]
    assert session.desk().actor.person == "王五" and session.desk().store.path == tmp_path / "other.gpkg"


def test_apply_without_a_change_disturbs_nobody(page: OptionsPage, session: Session) -> None:
    told: list[bool] = []
    session.settings_changed.connect(lambda: told.append(True))
    page.apply()
    assert not told


def test_another_catalogue_is_told(page: OptionsPage, session: Session, tmp_path: Path) -> None:
    told: list[bool] = []
    session.catalogue_changed.connect(lambda: told.append(True))
    copy = tmp_path / "copy.yaml"
    shutil.copy(session.settings.catalogue, copy)
    page.catalogue.path.setFilePath(str(copy))
    page.apply()
    assert told and session.settings.catalogue == str(copy)


def test_what_the_environment_decides_is_locked_and_says_so(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDREVIEW_CATALOGUE", session.settings.catalogue)
    page = OptionsPage(session, lambda path: None)
    assert not page.catalogue.path.isEnabled() and "LANDREVIEW_CATALOGUE" in page.catalogue.path.toolTip()
    assert page.store.path.isEnabled()


# profile and rules


def test_the_values_of_the_profile_are_shown_and_an_own_file_takes_over(
    page: OptionsPage, session: Session, tmp_path: Path
) -> None:
    assert "1.00 m²" in page.profile.values.text() and "CGCS2000" in page.profile.values.text()
    own = tmp_path / "单位.yaml"
    page.profile.copy_to(own)
    assert load_profile(str(own)) == load_profile("demo")
    text = own.read_text(encoding="utf-8").replace("rule_pack: hunan", "rule_pack: plain")
    own.write_text(text + "tolerances: {sliver_area_m2: 2.5}\n", encoding="utf-8")
    page.profile.profile.choose("hunan")
    page.profile.profile.choose(str(own))
    assert "2.5 m²" in page.profile.values.text()
    assert "planar" in page.rules.state.text(), "the pack follows the profile"
    page.apply()
    assert session.settings.profile == str(own) and session.office() == "430998"


def test_a_profile_that_cannot_be_read_says_where(page: OptionsPage, tmp_path: Path) -> None:
    own = tmp_path / "office.yaml"
    own.write_text("name: x\ntitel: {zh: x, en: x}\n", encoding="utf-8")
    page.profile.profile.choose(str(own))
    assert "E-CASE-FIELD" in page.profile.values.text() and "line 2" in page.profile.values.text()
    assert not page.profile.copy.isEnabled()


def test_the_pack_is_checked_as_a_task_and_says_what_is_to_be_confirmed(page: OptionsPage) -> None:
    page.rules.pack.choose("plain")
    page.rules.run_check()
    assert not page.rules.check.isEnabled()
    until(lambda: page.rules.task is None)
    said = page.rules.report.toPlainText()
    assert "every example holds" in said and not page.rules.report.isHidden()
    page.rules.pack.choose("hunan")
    page.rules.run_check()
    until(lambda: page.rules.task is None, 60)
    assert "To be confirmed by the office" in page.rules.report.toPlainText()


def test_a_pack_that_contradicts_itself_is_named(page: OptionsPage, tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text(
        """
pack: own
version: "1"
area_method: planar
rules:
  - id: OWN-01
    title: {zh: 测试, en: Test}
    business_types: [CZPC]
    layers: [pbf]
    predicate: overlap_area_gt
    threshold: {value: 1, unit: m2}
    severity: prohibit
    examples:
      - {parcel: "POLYGON((0 0,9 0,9 9,0 9,0 0))", layer: "POLYGON((5 0,9 0,9 9,5 9,5 0))", expect: clear}
""",
        encoding="utf-8",
    )
    page.rules.pack.choose(str(pack))
    page.rules.run_check()
    until(lambda: page.rules.task is None)
    assert "OWN-01 example 1: expected clear, got conflict" in page.rules.report.toPlainText()


def test_an_unreadable_pack_is_said_at_once(page: OptionsPage, tmp_path: Path) -> None:
    page.rules.pack.choose(str(tmp_path / "gone.yaml"))
    assert "E-SRC-MISSING" in page.rules.state.text()


# catalogue


def test_new_and_edit_open_the_editor(page: OptionsPage, session: Session, edited: list[Path], tmp_path: Path) -> None:
    page.catalogue.edit.click()
    assert edited == [Path(session.settings.catalogue)]
    page.catalogue.make(tmp_path / "never saved.yaml")
    assert page.catalogue.value == session.settings.catalogue, "a file that was not saved is not chosen"


def test_without_a_catalogue_the_page_says_how_to_make_one(page: OptionsPage) -> None:
    page.catalogue.path.setFilePath("")
    assert "Suggest" in page.catalogue.state.text()
    assert not page.catalogue.edit.isEnabled() and page.catalogue.edit.toolTip()


def test_a_broken_catalogue_says_line_and_reason(page: OptionsPage, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("layers:\n  - {key: pbf, sorce: a.gpkg}\n", encoding="utf-8")
    page.catalogue.path.setFilePath(str(path))
    assert "E-CAT-FIELD" in page.catalogue.state.text() and "line 2" in page.catalogue.state.text()


# store


def test_the_store_says_what_it_holds(page: OptionsPage, case: CaseFile) -> None:
    page.store.show_settings(page.taken())
    assert page.store.state.text().startswith("1 ")
    assert all(button.isEnabled() for button in page.store.buttons.values())


def test_care_waits_until_another_path_is_applied(page: OptionsPage, case: CaseFile, tmp_path: Path) -> None:
    page.store.path.setFilePath(str(tmp_path / "other.gpkg"))
    assert not any(button.isEnabled() for button in page.store.buttons.values())
    assert "Apply" in page.store.buttons["back_up"].toolTip()


def test_where_no_store_is_one_can_still_be_restored(page: OptionsPage) -> None:
    enabled = {name for name, button in page.store.buttons.items() if button.isEnabled()}
    assert enabled == {"restore"}
    assert "No store there yet" in page.store.state.text()


def test_a_newer_store_says_so(page: OptionsPage, session: Session, case: CaseFile) -> None:
    import sqlite3

    session.leave_desk()
    with sqlite3.connect(session.settings.workspace) as connection:
        connection.execute("UPDATE landreview_store SET value = '99' WHERE key = 'version'")
    connection.close()
    page.store.show_settings(session.settings)
    assert "E-STORE-NEWER" in page.store.state.text()


def test_a_network_share_is_said_with_advice(page: OptionsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.store.path.setFilePath("//server/share/landreview.gpkg")
    assert network.on_network(Path("//server/share/landreview.gpkg"))
    assert "network" in page.store.state.text() and "back it up" in page.store.state.text()


def test_buttons_rest_while_one_is_at_work(page: OptionsPage, case: CaseFile) -> None:
    page.store.show_settings(page.taken())
    page.store.actions.check()
    assert not any(button.isEnabled() for button in page.store.buttons.values())
    until(lambda: page.store.actions.task is None)
    assert all(button.isEnabled() for button in page.store.buttons.values())


# centre, environment, size


@pytest.mark.parametrize(
    ("address", "words"), [("", "Without a centre"), ("http://a", "not encrypted"), ("centre", "https://")]
)
def test_the_address_is_looked_at(page: OptionsPage, address: str, words: str) -> None:
    page.server.server.setText(address)
    assert words in page.server.warning.text()


def test_the_sign_in_is_an_id_of_qgis(page: OptionsPage) -> None:
    page.server.auth.setConfigId("abc1234")
    assert page.taken().authcfg in {"abc1234", ""}  # QGIS forgets an id that its store does not have


def test_it_fits_a_small_screen_and_scrolls_down_only(page: OptionsPage) -> None:
    page.resize(640, 480)
    page.show()
    QgsApplication.processEvents()
    area = page.findChild(QScrollArea)
    assert page.width() <= 640 and page.height() <= 480
    assert area.horizontalScrollBar().maximum() == 0
    page.hide()


def test_a_workspace_field_that_was_emptied_changes_nothing(page: OptionsPage, session: Session) -> None:
    page.store.path.setFilePath("")
    assert page.taken().workspace == session.settings.workspace


def test_the_store_that_is_chosen_can_be_opened(page: OptionsPage, session: Session, tmp_path: Path) -> None:
    other = tmp_path / "案卷.gpkg"
    Workspace(other).close()
    page.store.path.setFilePath(str(other))
    assert page.store.state.text().startswith("0 ")
