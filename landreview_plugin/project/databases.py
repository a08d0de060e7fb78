# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the project that QGIS reads from a database: a query that fails is no empty layer.

Measured with QGIS 3.40.6 and PostgreSQL: when a query fails (table renamed, right taken away, time limit, server gone)
the provider logs it, and the iterator ends like one that has read everything.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place


@dataclass(frozen=True, slots=True)
class Table:
    """What is needed to count a PostGIS layer's features in a box, taken on the main thread."""

    address: str
    """The layer's source without its sign-in spelled out."""
    query: str
    """``SELECT count(*)`` with places for xmin, ymin, xmax, ymax."""

    def compare(self, came: int, box: QgsRectangle, place: Place) -> None:
        """Raise E-SRC-SHORT where the database has more than came, E-SRC-SERVICE where it can't say. In any thread."""
        try:
            there = self._count(box)
        except QgsProviderConnectionException as error:
            raise LandReviewError("E-SRC-SERVICE", detail=str(error), place=place) from error
        if came < there:
            fewer = Text(
                zh=f"数据库中有{there}个要素，只读到{came}个", en=f"the database has {there} features, {came} were read"
            )
            raise LandReviewError("E-SRC-SHORT", detail=fewer, place=place)

    def _count(self, box: QgsRectangle) -> int:
        corners = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        connection = QgsProviderRegistry.instance().providerMetadata("postgres").createConnection(self.address, {})
        return int(connection.executeSql(self.query.format(*map(repr, corners)))[0][0])


def table_of(layer: QgsVectorLayer) -> Table | None:
    """The table, view or query behind a layer; None: no PostGIS, or with changes that are not saved."""
    uri = QgsDataSourceUri(layer.source())
    if layer.providerType() != "postgres" or layer.isEditable() or not uri.geometryColumn():
        return None
    braces = str.maketrans({"{": "{{", "}": "}}"})
    name = uri.table() if uri.table().startswith("(") else uri.quotedTablename()
    column = '"{}"'.format(uri.geometryColumn().replace('"', '""'))
    box = f"ST_MakeEnvelope({{}}, {{}}, {{}}, {{}}, {uri.srid() or 0})"
    only = f" AND ({uri.sql()})" if uri.sql() else ""
    # the names are quoted by QGIS, the filter is the layer's own
    query = f"SELECT count(*) FROM {name.translate(braces)} q WHERE {column.translate(braces)}::geometry && {box}"  # noqa: S608  # nosec B608
    return Table(layer.source(), query + only.translate(braces))


def refuse_void(source: QgsVectorLayerFeatureSource, count: int, place: Place) -> None:
    """Raise E-SRC-SERVICE where a layer that has features gives none at all: nothing came because reading fails."""
    anything = QgsFeatureRequest().setLimit(1)
    if count > 0 and next(source.getFeatures(anything), None) is None:
        none = Text(
            zh=f"图层有{count}个要素，现在一个也读不到", en=f"the layer has {count} features and none can be read now"
        )
        raise LandReviewError("E-SRC-SERVICE", detail=none, place=place)
