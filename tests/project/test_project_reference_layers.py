# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's layers come into the project grouped, named, styled and filtered, and none comes twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import QgsLayerTreeGroup, QgsProject, QgsRenderContext, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from landreview_plugin.core.catalogue import load_catalogue
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.catalogue import Catalogue
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.core.tables import table
from landreview_plugin.project.reference_layers import KEY, STYLES, Wanted, add, load, wanted

AT = dt.date(2026, 9, 1)
BOUND = {"dltb", "pbf", "ecored", "ugb", "plan_zone", "mining", "explore", "geohaz_pt", "xzq"}


@pytest.fixture
def project(qgis_new_project: None) -> Iterator[QgsProject]:
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def office(catalogue: Callable[..., Path]) -> Catalogue:
    return load_catalogue(catalogue())


def filled(project: QgsProject, office: Catalogue, language: Language = Language.ZH) -> QgsLayerTreeGroup:
    """Everything the project lacks, added."""
    what = wanted(project, office, Path("/"), AT)
    return add(project, load(what, language, Silent()).layers, language)


def by_key(project: QgsProject) -> dict[str, QgsVectorLayer]:
    return {layer.customProperty(KEY): layer for layer in project.mapLayers().values() if layer.customProperty(KEY)}


def tree(group: QgsLayerTreeGroup) -> dict[str, list[str]]:
    return {theme.name(): [child.name() for child in theme.children()] for theme in group.children()}


def test_every_bound_layer_comes_once_below_its_theme(project: QgsProject, office: Catalogue) -> None:
    root = filled(project, office)
    assert set(by_key(project)) == BOUND
    assert root.name() == "LandReview 参考图层"
    themes = tree(root)
    assert list(themes) == ["地质灾害", "行政界线与控制点", "生态保护", "矿产", "耕地保护", "国土空间规划", "国土调查"]
    assert themes["矿产"] == ["采矿权 2026-06-30", "探矿权 2026-06-30"]
    assert themes["国土调查"] == ["地类图斑 2026-06-30"], "what fills the county lies below everything"


def test_in_english_the_names_are_english(project: QgsProject, office: Catalogue) -> None:
    root = filled(project, office, Language.EN)
    assert root.name() == "LandReview reference layers"
    assert tree(root)["Farmland"] == ["Permanent basic farmland 2026-06-30"]


def test_a_second_click_adds_nothing(project: QgsProject, office: Catalogue) -> None:
    filled(project, office)
    what = wanted(project, office, Path("/"), AT)
    assert (what.entries, what.there) == ((), len(BOUND))
    filled(project, office)
    assert len(project.mapLayers()) == len(BOUND)


def test_a_layer_that_was_removed_comes_back_to_its_place(project: QgsProject, office: Catalogue) -> None:
    root = filled(project, office)
    before = tree(root)
    project.removeMapLayer(by_key(project)["mining"].id())
    filled(project, office)
    assert tree(root) == before


def test_renamed_groups_are_still_the_groups(project: QgsProject, office: Catalogue) -> None:
    root = filled(project, office)
    root.setName("底图")
    project.removeMapLayer(by_key(project)["pbf"].id())
    assert filled(project, office) is root or filled(project, office).name() == "底图"
    assert len(project.layerTreeRoot().children()) == 1


def test_a_filter_is_applied_to_what_is_shown(project: QgsProject, office: Catalogue) -> None:
    filled(project, office)
    layers = by_key(project)
    assert layers["mining"].featureCount() + layers["explore"].featureCount() == 24
    assert {feature["矿权类型"] for feature in layers["mining"].getFeatures()} == {"采矿权"}


@pytest.mark.parametrize("where", ["矿权类型 in $construction", "没有的字段 = 1", "矿权类型 ="])
def test_a_filter_that_cannot_be_applied_is_said_and_the_layer_shown(
    project: QgsProject, catalogue: Callable[..., Path], where: str
) -> None:
    office = load_catalogue(catalogue(change={"mining": {"where": where}}))
    loaded = load(wanted(project, office, Path("/"), AT), Language.ZH, Silent())
    assert [flaw.en for flaw in loaded.flaws] == ["Mining rights: it is shown without its filter"]
    assert len(loaded.layers) == len(BOUND)


def test_nobody_edits_reference_data_by_mistake(project: QgsProject, office: Catalogue) -> None:
    filled(project, office)
    assert all(layer.readOnly() for layer in by_key(project).values())


def test_land_use_is_drawn_by_class_and_every_class_has_a_colour(project: QgsProject, office: Catalogue) -> None:
    filled(project, office)
    layer = by_key(project)["dltb"]
    renderer, context = layer.renderer(), QgsRenderContext()
    context.setExpressionContext(layer.createExpressionContext())
    renderer.startRender(context, layer.fields())
    labels = set()
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        (item,) = renderer.legendKeysForFeature(feature, context)
        labels.add(next(each.label() for each in renderer.legendSymbolItems() if each.ruleKey() == item))
    renderer.stopRender(context)
    assert "未知地类 Unknown class" not in labels and len(labels) > 5


def test_a_class_field_of_another_name_is_drawn_too(
    project: QgsProject, catalogue: Callable[..., Path], county: Path
) -> None:
    office = load_catalogue(catalogue(change={"dltb": {"fields": {"class": "DLMC"}}}))
    filled(project, office)
    layer = by_key(project)["dltb"]
    assert layer.customProperty("variableNames") and "DLMC" in str(layer.customProperty("variableValues"))


def test_layers_are_loaded_in_a_thread_and_belong_to_the_main_one(project: QgsProject, office: Catalogue) -> None:
    import threading

    what, loaded = wanted(project, office, Path("/"), AT), []
    thread = threading.Thread(target=lambda: loaded.extend(load(what, Language.ZH, Silent()).layers))
    thread.start()
    thread.join()
    assert {layer.thread() for layer in loaded} == {QCoreApplication.instance().thread()}
    add(project, loaded, Language.ZH)
    assert set(by_key(project)) == BOUND


def test_what_cannot_be_opened_is_named_and_the_rest_comes(project: QgsProject, catalogue: Callable[..., Path]) -> None:
    office = load_catalogue(catalogue(change={"pbf": {"source": "gone.gpkg|layername=YJJBNT"}}))
    loaded = load(wanted(project, office, Path("/"), AT), Language.ZH, Silent())
    assert len(loaded.layers) == len(BOUND) - 1
    assert [flaw.en for flaw in loaded.flaws] == ["Permanent basic farmland: it can't be opened"]


def test_relative_sources_start_from_the_catalogue(project: QgsProject, county: Path) -> None:
    office = Catalogue.model_validate({"layers": [{"key": "dltb", "source": f"{county.name}|layername=DLTB"}]})
    loaded = load(wanted(project, office, county.parent, AT), Language.EN, Silent())
    assert loaded.layers[0].isValid() and loaded.layers[0].name() == "Land use patches"


def test_a_layer_of_the_project_itself_is_there_already(project: QgsProject, county: Path) -> None:
    project.addMapLayer(QgsVectorLayer(f"{county}|layername=DLTB", "地类", "ogr"))
    office = Catalogue.model_validate({"layers": [{"key": "dltb", "source": "地类"}]})
    assert wanted(project, office, county.parent, AT).entries == ()


def test_only_the_data_in_force_are_shown(project: QgsProject, county: Path) -> None:
    source = f"{county}|layername=DLTB"
    layers = [{"key": "dltb", "source": source, "data_date": day} for day in ("2025-06-30", "2026-06-30", "2027-06-30")]
    what = wanted(project, Catalogue.model_validate({"layers": layers}), Path("/"), AT)
    assert [str(entry.data_date) for entry in what.entries] == ["2026-06-30"]


def test_loading_can_be_cancelled(project: QgsProject, office: Catalogue) -> None:
    class Cancels:
        def step(self, done: float, message: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        load(wanted(project, office, Path("/"), AT), Language.ZH, Cancels())


def test_every_key_has_a_theme_and_every_style_is_a_keys() -> None:
    keys = {row["key"] for row in table("layers")}
    themed = [key for row in table("layer_themes") for key in row["keys"].split()]
    assert sorted(themed) == sorted(keys), "each once"
    assert {path.stem for path in STYLES.glob("*.qml")} <= keys | {"other"}


def test_wanted_is_what_it_says() -> None:
    assert Wanted((), 0, Path(), AT).entries == ()
