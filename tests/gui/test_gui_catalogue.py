# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue editor with real widgets: choose, change, try, suggest, save; nothing is lost or bound unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gui_waiting import until
from qgis.core import QgsDataSourceUri, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMessageBox

from landreview_plugin.core.catalogue import load_catalogue
from landreview_plugin.core.catalogue_draft import Line
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.core.tables import table
from landreview_plugin.gui.catalogue import editor as editor_module
from landreview_plugin.gui.catalogue.editor import CatalogueEditor
from landreview_plugin.gui.catalogue.layer_choice import LayerChoice, choose_layer
from landreview_plugin.gui.catalogue.opening import make_editor
from landreview_plugin.gui.catalogue.suggest_dialog import SuggestDialog
from landreview_plugin.gui.catalogue.table_model import BOUND, LAYER, STATE
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.probe_words import Sign
from landreview_plugin.jobs.suggest_bindings import suggest
from landreview_plugin.project.source_names import gdal_string, project_layers
from landreview_plugin.sources.layer_list import layers_of

DAY = dt.date(2026, 9, 1)


@pytest.fixture
def path(session: Session) -> Path:
    """The catalogue of the made-up county, with a person's comment in it."""
    found = Path(session.settings.catalogue)
    found.write_text("# 规划科维护\n" + found.read_text(encoding="utf-8"), encoding="utf-8")
    return found


@pytest.fixture
def editor(session: Session, path: Path) -> Iterator[CatalogueEditor]:
    made = make_editor(session, path)
    assert made is not None
    yield made
    made.probing.cancel()
    until(lambda: made.probing.task is None)
    made.deleteLater()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """What the person answers when asked about what is not saved."""

    def give(name: str) -> list[str]:
        asked: list[str] = []

        def question(_parent: Any, _title: str, text: str, *_: Any) -> Any:
            asked.append(text)
            return getattr(QMessageBox.StandardButton, name)

        monkeypatch.setattr(editor_module.QMessageBox, "question", question)
        return asked

    return give


def row(editor: CatalogueEditor, key: str, column: int) -> str:
    """What the table says of a key."""
    for at in range(editor.proxy.rowCount()):
        if f"({key})" in editor.proxy.index(at, LAYER).data():
            return str(editor.proxy.index(at, column).data())
    raise AssertionError(key)


def tested(editor: CatalogueEditor) -> None:
    until(lambda: editor.probing.task is None)


def change(editor: CatalogueEditor, key: str, **fields: object) -> None:
    """Change the newest binding of a key as the form does."""
    editor.open_at(key)
    editor.put(replace(editor.window_.form.line(), **fields))


# looking


def test_every_key_stands_in_the_table_with_what_is_bound(editor: CatalogueEditor) -> None:
    assert editor.proxy.rowCount() == len(table("layers"))
    assert row(editor, "pbf", BOUND).startswith("YJJBNT")
    assert row(editor, "nature", BOUND) == "none: 本县无此类"
    assert row(editor, "pdt", STATE) == "open"
    assert row(editor, "pbf", STATE) == "not tested"


@pytest.mark.parametrize("words", ["基本农田", "YJJBNT", "pbf", "farmland"])
def test_a_layer_is_found_by_any_of_its_names(editor: CatalogueEditor, words: str) -> None:
    editor.window_.search.setText(words)
    assert row(editor, "pbf", LAYER) and editor.proxy.rowCount() < 8


def test_a_finding_that_could_not_be_checked_leads_to_its_key(session: Session, path: Path) -> None:
    editor = make_editor(session, path, "mining")
    assert editor is not None and editor.window_.form.line().key == "mining"
    assert "采矿权" in editor.window_.form.where.text()
    assert editor.focusWidget() is editor.window_.form.source.edit, "a path can be pasted at once"


def test_the_form_gives_back_what_it_was_shown(editor: CatalogueEditor) -> None:
    """Looking at every line changes none."""
    for number in editor.draft.ids():
        editor.select(number)
        assert editor.window_.form.line() == editor.draft.line(number), editor.draft.line(number).key
    assert not editor.draft.changed and not editor.window_.save.isEnabled()


# changing and saving


def test_what_is_typed_is_saved_with_the_comments_kept(editor: CatalogueEditor, session: Session, path: Path) -> None:
    told: list[bool] = []
    session.catalogue_changed.connect(lambda: told.append(True))
    editor.open_at("pbf")
    editor.window_.form.age.setValue(400)
    assert editor.draft.changed and editor.window_.save.isEnabled()
    assert editor.save() and told
    assert path.read_text(encoding="utf-8").startswith("# 规划科维护\n")
    entry = load_catalogue(path).entry("pbf", DAY)
    assert entry is not None and entry.max_age_days == 400
    assert not editor.draft.changed and not editor.window_.save.isEnabled()
    assert editor.window_.status.text() == "Saved."
    assert session.frame().catalogue.entry("pbf", DAY) == entry


def test_a_layer_is_signed_as_empty_with_reason_name_and_day(editor: CatalogueEditor, path: Path) -> None:
    editor.open_at("pdt")
    form = editor.window_.form
    form.none.setChecked(True)
    form.reason.setText("本县不做坡度")
    assert not editor.save() and "who signs" in editor.window_.status.text(), "nothing is refused silently"
    form.by.setText("局长")
    form.signed_day.setDate(DAY)
    assert editor.save()
    entry = load_catalogue(path).entry("pdt", DAY)
    assert entry is not None and entry.none is not None and entry.none.by == "局长"


def test_newer_data_are_a_further_binding(editor: CatalogueEditor, path: Path) -> None:
    editor.open_at("pbf")
    editor.another_version()
    assert editor.window_.form.line().data_date is None
    editor.window_.form.day.setDate(DAY)
    assert editor.save()
    dates = sorted(str(e.data_date) for e in load_catalogue(path).layers if e.key == "pbf")
    assert dates == ["2026-06-30", "2026-09-01"]


def test_a_removed_binding_leaves_an_open_key(editor: CatalogueEditor, path: Path) -> None:
    editor.open_at("pbf")
    editor.remove()
    assert row(editor, "pbf", STATE) == "open" and editor.save()
    assert not load_catalogue(path).binds("pbf")


def test_fields_are_guessed_and_can_be_chosen(editor: CatalogueEditor) -> None:
    editor.open_at("dltb")
    editor.test()
    tested(editor)
    table_ = editor.window_.form.fields
    assert "DLBM (guessed)" in table_.cellWidget(0, 1).lineEdit().placeholderText()
    offered = [table_.cellWidget(0, 1).itemText(i) for i in range(table_.cellWidget(0, 1).count())]
    assert "TBBH" in offered
    table_.cellWidget(0, 1).setCurrentText("TBBH")
    assert editor.draft.line(editor.number).fields == {"class": "TBBH"}
    assert editor.model.probe(editor.number) is None, "what a test found before counts no more"


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(editor: CatalogueEditor, path: Path) -> None:
    change(editor, "pbf", max_age_days=10)
    theirs = path.read_text(encoding="utf-8") + "# theirs\n"
    path.write_text(theirs, encoding="utf-8")
    assert not editor.save() and "E-CAT-CHANGED" in editor.window_.status.text()
    assert path.read_text(encoding="utf-8") == theirs and editor.draft.changed


def test_a_new_catalogue_has_every_key_open_and_the_county_of_the_profile(session: Session, tmp_path: Path) -> None:
    editor = make_editor(session, tmp_path / "new.yaml")
    assert editor is not None
    assert {editor.proxy.index(at, STATE).data() for at in range(editor.proxy.rowCount())} == {"open"}
    change(editor, "xzq", source="a.gpkg")
    assert editor.save() and load_catalogue(tmp_path / "new.yaml").jurisdiction == "", "whichever profile is chosen"


def test_the_county_can_be_set(editor: CatalogueEditor, path: Path) -> None:
    assert editor.window_.jurisdiction.text() == "430998"
    editor.window_.jurisdiction.setText(" 430121 ")
    assert editor.draft.changed and editor.save()
    assert load_catalogue(path).jurisdiction == "430121"
    assert path.read_text(encoding="utf-8").startswith("# 规划科维护"), "comments stay"


def test_a_person_of_another_office_makes_a_catalogue_for_it(session: Session, tmp_path: Path) -> None:
    session.set_settings(replace(session.settings, office="430121"))
    editor = make_editor(session, tmp_path / "new.yaml")
    assert editor is not None and editor.window_.jurisdiction.text() == "430121" and not editor.draft.changed


def test_a_broken_catalogue_is_not_opened_but_said(
    session: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[LandReviewError] = []
    monkeypatch.setattr(session.presenter, "show_error", lambda error, retry=None: shown.append(error))
    path.write_text("layers:\n - {key: pbf, sorce: x}\n", encoding="utf-8")
    assert make_editor(session, path) is None
    assert shown[0].code == "E-CAT-FIELD" and shown[0].place.line == 2


# leaving


def test_leaving_unchanged_asks_nothing(editor: CatalogueEditor, answer: Callable[[str], list[str]]) -> None:
    asked = answer("Cancel")
    editor.show()
    editor.reject()
    assert not asked and not editor.isVisible()


@pytest.mark.parametrize(("button", "closes", "saves"), [("Save", 1, 1), ("Discard", 1, 0), ("Cancel", 0, 0)])
def test_what_is_not_saved_is_asked_about(
    editor: CatalogueEditor, path: Path, answer: Callable[[str], list[str]], button: str, closes: int, saves: int
) -> None:
    asked = answer(button)
    editor.show()
    change(editor, "pbf", max_age_days=7)
    editor.close()
    assert len(asked) == 1 and editor.isVisible() is not bool(closes)
    entry = load_catalogue(path).entry("pbf", DAY)
    assert entry is not None and (entry.max_age_days == 7) is bool(saves)
    editor.hide()


def test_saving_on_the_way_out_that_fails_keeps_the_window(
    editor: CatalogueEditor, answer: Callable[[str], list[str]]
) -> None:
    answer("Save")
    editor.show()
    change(editor, "pdt", signed=True)
    editor.close()
    assert editor.isVisible()
    editor.hide()


# trying


def test_one_binding_is_tried_and_every_aspect_said(editor: CatalogueEditor) -> None:
    editor.open_at("pbf")
    editor.test()
    assert not editor.window_.test_all.isEnabled() and editor.window_.test_all.toolTip()
    tested(editor)
    view = editor.window_.probe
    said = {view.topLevelItem(i).text(0): view.topLevelItem(i).text(1) for i in range(view.topLevelItemCount())}
    assert said["Features"] == "171 features" and "EPSG:4526" in said["CRS"] and "class = DLBM" in said["Fields"]
    assert row(editor, "pbf", STATE) == "good"


def test_all_are_tried_and_counted(editor: CatalogueEditor) -> None:
    change(editor, "ecored", source="gone.gpkg|layername=STBHHX")
    change(editor, "ugb", coverage="")
    editor.test_all()
    tested(editor)
    assert row(editor, "ecored", STATE) == "not checked"
    assert row(editor, "ugb", STATE) == "look at it"
    assert "24 good, 1 to look at, 1 not checked" in editor.window_.status.text()


def test_a_layer_of_the_project_is_tried_too(editor: CatalogueEditor, county: Path, qgis_new_project: None) -> None:
    layer = QgsVectorLayer(f"{county}|layername=CKQ", "矿权 & 编辑", "ogr")
    layer.setSubsetString("矿权类型 = '采矿权'")
    QgsProject.instance().addMapLayer(layer)
    assert ("矿权 & 编辑", "矿权 & 编辑") in project_layers(QgsProject.instance()), "filtered: by its name"
    change(editor, "mining", source="矿权 & 编辑", where="")
    editor.test()
    tested(editor)
    probe = editor.model.probe(editor.number)
    assert probe is not None and probe.sign is Sign.OK
    QgsProject.instance().clear()


def test_a_test_can_be_cancelled_within_a_second(editor: CatalogueEditor) -> None:
    editor.test_all()
    editor.probing.cancel()
    until(lambda: editor.probing.task is None, 1.0)


def test_an_incomplete_line_says_what_is_missing_instead_of_a_test(editor: CatalogueEditor) -> None:
    change(editor, "mining", where="矿权类型 =")
    editor.test()
    assert editor.probing.task is None
    assert editor.window_.probe.topLevelItemCount() == 1
    assert editor.window_.probe.topLevelItem(0).text(1)


def test_an_open_key_says_what_that_means(editor: CatalogueEditor) -> None:
    editor.open_at("pdt")
    assert not editor.window_.test.isEnabled() and editor.window_.test.toolTip()
    at = editor.proxy.index(editor.window_.table.currentIndex().row(), LAYER)
    assert "not checked" in at.data(Qt.ItemDataRole.ToolTipRole)


# choosing sources


def test_a_chosen_source_is_named_relative_to_the_catalogue(editor: CatalogueEditor, path: Path) -> None:
    editor.open_at("pdt")
    editor.window_.form.source.take(f"{path.parent}/数据/坡度.gpkg|layername=PDT")
    assert editor.draft.line(editor.number).source == "数据/坡度.gpkg|layername=PDT"


def test_the_menu_offers_project_files_databases_and_what_is_bound(
    editor: CatalogueEditor, county: Path, qgis_new_project: None
) -> None:
    QgsProject.instance().addMapLayer(QgsVectorLayer(f"{county}|layername=DLTB", "地类图斑", "ogr"))
    picker = editor.window_.form.source
    picker.fill_menu()
    menus = {action.text(): action.menu() for action in picker.menu.actions()}
    assert {"Layer of the project", "File…", "File geodatabase…", "PostGIS connection"} <= set(menus)
    (layer,) = menus["Layer of the project"].actions()
    editor.open_at("pdt")
    layer.trigger()
    assert editor.draft.line(editor.number).source.endswith("county.gpkg|layername=DLTB")
    QgsProject.instance().clear()


def test_of_several_layers_one_is_chosen_and_of_one_that(county: Path, editor: CatalogueEditor) -> None:
    layers = layers_of(county)
    dialog = LayerChoice(layers, editor)
    dialog.list.setCurrentItem(dialog.list.topLevelItem(2))
    assert dialog.chosen() == layers[2]
    assert choose_layer(layers[:1], editor) == layers[0]


def test_a_connection_goes_into_the_catalogue_without_its_password() -> None:
    uri = QgsDataSourceUri("host=db port=5432 dbname='land o''x' user='li si' password='secret' sslmode=disable")
    text = gdal_string(uri)
    assert text.startswith("PG:host='db' port='5432'") and "secret" not in text and "user='li si'" in text
    assert gdal_string(QgsDataSourceUri("service='land'")) == "PG:service='land'"


# suggesting


def test_a_county_is_bound_in_two_clicks_but_not_unseen(
    session: Session, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = make_editor(session, tmp_path / "new.yaml")
    assert editor is not None
    looked: list[SuggestDialog] = []

    def agree(found: Any, base: Path, taken: list[str], parent: Any) -> list[Line]:
        dialog = SuggestDialog(found, base, frozenset(taken), parent)
        dialog.coverage.setCurrentIndex(dialog.coverage.findData(f"{county}|layername=XZQ_XJ"))
        dialog.day.setDate(DAY)
        looked.append(dialog)
        return dialog.lines()

    monkeypatch.setattr(editor_module, "take_suggestions", agree)
    editor.suggest_from(county)
    until(lambda: looked)
    tested(editor)
    assert editor.draft.changed and not (tmp_path / "new.yaml").exists(), "bound in the form, written only by Save"
    states = {key: row(editor, key, STATE) for key in ("dltb", "pbf", "ecored", "ugb", "xzq", "mining")}
    assert set(states.values()) == {"good"}
    assert row(editor, "plan_zone", STATE) == "open", "what is only like a name waits for a tick"
    assert editor.save()
    entry = load_catalogue(tmp_path / "new.yaml").entry("dltb", DAY)
    assert entry is not None and entry.data_date == DAY


def test_without_a_statement_of_coverage_none_is_made(county: Path, session: Session) -> None:
    dialog = SuggestDialog(suggest(county, Silent()), county.parent, frozenset())
    lines = dialog.lines()
    assert lines and all(line.coverage == "" and line.data_date is None for line in lines)


def test_what_is_bound_already_is_not_ticked(county: Path, session: Session) -> None:
    dialog = SuggestDialog(suggest(county, Silent()), county.parent, frozenset(["dltb", "pbf"]))
    assert {line.key for line in dialog.lines()} == {"xzq", "ecored", "ugb", "mining"}
    whys = [dialog.list.topLevelItem(i).text(4) for i in range(dialog.list.topLevelItemCount())]
    assert any(why.startswith("already bound") for why in whys)


def test_an_empty_folder_says_that_nothing_was_found(tmp_path: Path, session: Session) -> None:
    dialog = SuggestDialog(suggest(tmp_path, Silent()), tmp_path, frozenset())
    assert "No layer here" in dialog.rest.text() and not dialog.lines()


def test_it_fits_a_small_screen(editor: CatalogueEditor) -> None:
    editor.show()
    assert editor.minimumSizeHint().width() <= 1000 and editor.minimumSizeHint().height() <= 580
    room = editor.screen().availableSize()
    assert (editor.width(), editor.height()) == (min(1000, room.width()), min(580, room.height()))
    editor.hide()


def test_enter_in_a_field_presses_no_button(editor: CatalogueEditor, path: Path) -> None:
    editor.show()
    change(editor, "pbf", max_age_days=9)
    before = path.read_text(encoding="utf-8")
    for field in (editor.window_.search, editor.window_.form.where, editor.window_.form.source.edit):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert editor.isVisible() and editor.probing.task is None and path.read_text(encoding="utf-8") == before
    editor.hide()


def test_every_field_can_be_reached_by_the_keyboard(editor: CatalogueEditor) -> None:
    editor.show()
    editor.open_at("dltb")
    reached, focus = set(), editor.window_.search
    for _ in range(60):
        reached.add(focus)
        focus = focus.nextInFocusChain()
    form, window = editor.window_.form, editor.window_
    needed = {window.table, form.source.edit, form.source.button, form.day, form.age, form.coverage.edit, form.where}
    assert needed <= reached
    editor.hide()
