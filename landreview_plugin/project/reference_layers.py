# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers of a catalogue in the open project: grouped by theme, named, styled, read-only, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.model.base import Language, Text
from ..core.model.catalogue import Catalogue, CatalogueEntry
from ..core.model.problems import LandReviewError
from ..core.progress import Progress
from ..core.rules.expression import parse
from ..core.rules.expression_sql import as_sql
from ..core.tables import RESOURCES, index, table
from ..sources.catalogue import resolve_roles

KEY = "landreview/key"
"""Custom property: the layer's key in the catalogue; the panel finds findings by it."""
SOURCE = "landreview/source"
"""Custom property: source and filter as the catalogue had them when the layer was added."""
THEME = "landreview/theme"
STYLES = RESOURCES / "styles" / "reference"
PLAIN = "other"
CLASS = "landreview_class"
"""Layer variable: the field with the class, which the style of the land survey asks for."""
ROOT = Text(zh="LandReview 参考图层", en="LandReview reference layers")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Layers that were opened off the main thread and belong to it now."""

    layers: tuple[QgsVectorLayer, ...]
    flaws: tuple[Text, ...] = ()
    """What could not be opened, or is shown without its filter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the project lacks of a catalogue, decided on the main thread."""

    entries: tuple[CatalogueEntry, ...]
    there: int
    """Layers that the project has already."""
    base: Path
    at: dt.date
    names: dict[str, str] = field(default_factory=dict)


def wanted(project: QgsProject, catalogue: Catalogue, base: Path, at: dt.date) -> Wanted:
    """The bindings in force at ``at`` whose layers the project does not show yet."""
    entries = [entry for row in table("layers") if (entry := catalogue.entry(row["key"], at)) and entry.source]
    there = {layer.customProperty(SOURCE) for layer in project.mapLayers().values()}
    there |= {layer.name() for layer in project.mapLayers().values()} | set(project.mapLayers())
    missing = [entry for entry in entries if _identity(entry) not in there and entry.source not in there]
    return Wanted(tuple(missing), len(entries) - len(missing), base, at)


def load(what: Wanted, language: Language, progress: Progress) -> Loaded:
    """Open and style the layers; called off the main thread, which gets them."""
    layers: list[QgsVectorLayer] = []
    flaws: list[Text] = []
    for i, entry in enumerate(what.entries):
        progress.step(i / len(what.entries), entry.key)
        layer, why = _open(entry, what, language)
        if why is not None:
            flaws.append(_flaw(entry, why))
        if layer is None:
            continue
        _dress(layer, entry)
        layer.moveToThread(QCoreApplication.instance().thread())
        layers.append(layer)
    return Loaded(tuple(layers), tuple(flaws))


def add(project: QgsProject, layers: Iterable[QgsVectorLayer], language: Language) -> QgsLayerTreeGroup:
    """Put loaded layers into the project's group of reference layers, each below its theme."""
    root = _group(project.layerTreeRoot(), "root", ROOT.get(language), -1)
    for layer in layers:
        if project.addMapLayer(layer, False) is None:
            continue
        theme = _theme_of(layer.customProperty(KEY))
        group = _group(root, theme["theme"], theme[f"name_{language.value}"], _place(root, theme["theme"]))
        node = QgsLayerTreeLayer(layer)
        node.setExpanded(False)
        group.insertChildNode(_place_of_key(group, layer.customProperty(KEY), theme), node)
    return root


def _open(entry: CatalogueEntry, what: Wanted, language: Language) -> tuple[QgsVectorLayer | None, Text | None]:
    """The layer with its filter, without it where the provider can't apply it, or none; and why."""
    source, name = _absolute(entry.source, what.base), _name(entry, language)
    layer = QgsVectorLayer(source, name, "ogr")
    if not layer.isValid():
        return None, Text(zh="无法打开", en="it can't be opened")
    if not entry.where:
        return layer, None
    sql = _sql(entry.where, {each.name() for each in layer.fields()}, what.at)
    # in the source, not set afterwards: QGIS would reopen a GeoPackage that other layers have open
    filtered = QgsVectorLayer(f"{source}|subset={sql}", name, "ogr") if sql else None
    if filtered is not None and filtered.isValid():
        return filtered, None
    return layer, Text(zh="显示时未应用筛选条件", en="it is shown without its filter")


def _sql(where: str, fields: set[str], at: dt.date) -> str:
    """The filter for the provider; empty for one that it can't apply: SQLite takes an unknown name for a text."""
    try:
        return (as_sql(where, at) or "") if set(parse(where).fields) <= fields else ""
    except LandReviewError:
        return ""  # a filter that can't be read: a review says so, the layer is shown without it


def _dress(layer: QgsVectorLayer, entry: CatalogueEntry) -> None:
    """Style, and what marks the layer as the catalogue's."""
    layer.setReadOnly(True)
    layer.setCustomProperty(KEY, entry.key)
    layer.setCustomProperty(SOURCE, _identity(entry))
    path = STYLES / f"{entry.key}.qml"
    layer.loadNamedStyle(str(path if path.exists() else STYLES / f"{PLAIN}.qml"))
    try:
        roles = resolve_roles(entry.key, [each.name() for each in layer.fields()], entry.fields)
    except LandReviewError:
        roles = {}  # a field that is not there: the test of the binding says so
    QgsExpressionContextUtils.setLayerVariable(layer, CLASS, roles.get("class", ""))


def _identity(entry: CatalogueEntry) -> str:
    return f"{entry.key}|{entry.source}|{entry.where}"


def _absolute(source: str, base: Path) -> str:
    location, bar, rest = source.partition("|")
    if ":" in location[2:] or location.startswith("/vsi") or Path(location).is_absolute():
        return source
    return f"{base / location}{bar}{rest}"


def _name(entry: CatalogueEntry, language: Language) -> str:
    name = index("layers", "key")[entry.key][f"name_{language.value}"]
    return f"{name} {entry.data_date}" if entry.data_date else name


def _flaw(entry: CatalogueEntry, why: Text) -> Text:
    row = index("layers", "key")[entry.key]
    return Text(zh=f"{row['name_zh']}：{why.zh}", en=f"{row['name_en']}: {why.en}")


def _theme_of(key: str) -> dict[str, str]:
    return next(row for row in table("layer_themes") if key in row["keys"].split())


def _group(parent: QgsLayerTreeGroup, mark: str, name: str, place: int) -> QgsLayerTreeGroup:
    """The child group with a mark, made where it is missing: a group that was renamed is still the one."""
    for child in parent.children():
        if isinstance(child, QgsLayerTreeGroup) and child.customProperty(THEME) == mark:
            return child
    group = QgsLayerTreeGroup(name)
    group.setCustomProperty(THEME, mark)
    group.setExpanded(mark == "root")
    parent.insertChildNode(place if place >= 0 else len(parent.children()), group)
    return group


def _place(root: QgsLayerTreeGroup, theme: str) -> int:
    """Themes stand in the order of the table: points and outlines above what fills the county."""
    order = [row["theme"] for row in table("layer_themes")]
    marks = [child.customProperty(THEME) for child in root.children()]
    return sum(mark in order and order.index(mark) < order.index(theme) for mark in marks)


def _place_of_key(group: QgsLayerTreeGroup, key: str, theme: dict[str, str]) -> int:
    order = theme["keys"].split()
    keys = [child.layer().customProperty(KEY) for child in group.children() if isinstance(child, QgsLayerTreeLayer)]
    return sum(each in order and order.index(each) <= order.index(key) for each in keys)
