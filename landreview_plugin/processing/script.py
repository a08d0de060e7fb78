# SPDX-License-Identifier: GPL-2.0-or-later
"""Base of the scripts in ``processing_scripts``: the same borders as the provider's algorithms, and their children."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QMetaType

from ..i18n import translate
from .base import LandReviewAlgorithm, Parameters

TEXT, NUMBER, WHOLE = QMetaType.Type.QString, QMetaType.Type.Double, QMetaType.Type.LongLong
TABLE = QgsProcessing.SourceType.TypeVector


class ScriptAlgorithm(LandReviewAlgorithm):
    """A workflow of an office on top of the provider's algorithms.

    A script imports this module and not the class: QGIS takes the first class of a script's file that is an
    algorithm for the script itself.
    """

    GROUP = "office"

    def group(self) -> str:
        """One group for all of them."""
        return translate("landreview", "LandReview workflows")

    def child(
        self, name: str, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run another algorithm; whatever it refuses ends this one with its sentence."""
        from qgis import processing  # the framework: filled only once its plugin is loaded

        given = {key: value for key, value in parameters.items() if value is not None}
        return dict(processing.run(name, given, context=context, feedback=feedback, is_child_algorithm=True))

    def rows(
        self,
        parameters: Parameters,
        name: str,
        context: QgsProcessingContext,
        columns: dict[str, QMetaType.Type],
        rows: list[tuple[Any, ...]],
    ) -> str:
        """Write a table without geometry into the sink ``name``; returns its id."""
        fields = fields_of(columns)
        sink, sink_id = self.parameterAsSink(parameters, name, context, fields)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, name))
        for row in rows:
            feature = QgsFeature(fields)
            feature.setAttributes(list(row))
            add(sink, feature)
        return str(sink_id)


def fields_of(columns: dict[str, QMetaType.Type]) -> QgsFields:
    """Fields by name and type."""
    fields = QgsFields()
    for name, kind in columns.items():
        fields.append(QgsField(name, kind))
    return fields


def add(sink: QgsFeatureSink, feature: QgsFeature) -> None:
    """One feature; a sink that refuses it (a full disk) is an error, not a shorter table."""
    if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
        raise QgsProcessingException(sink.lastError())


def shape_of(feature: QgsFeature) -> Any:
    """The geometry as core takes it."""
    import shapely

    return shapely.from_wkb(bytes(feature.geometry().asWkb()))
