# SPDX-License-Identifier: GPL-2.0-or-later
"""Compare two hand-ins of a case: parcels added, removed, changed, and the land of each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingUtils,
)

from landreview_plugin.i18n import translate
from landreview_plugin.processing import script

if TYPE_CHECKING:
    from landreview_plugin.core.compare_parcels import ParcelChange

COLUMNS = {
    "change": script.TEXT,
    "parcel": script.TEXT,
    "before": script.TEXT,
    "area_m2": script.NUMBER,
    "before_m2": script.NUMBER,
    "after_m2": script.NUMBER,
}


class CompareHandIns(script.ScriptAlgorithm):
    """Before and after, parcel by parcel."""

    NAME = "comparehandins"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Compare two hand-ins")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Imports both files with landreview:importparcels and compares them by parcel number. OUTPUT has a row "
            "for each difference with its land: added, removed, renumbered (the same land under another number), "
            "gained and lost (land of a changed parcel), unchanged. Areas are planar, in m². Both files must be in "
            "one coordinate system: land that was transformed would differ everywhere.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        add = self.addParameter
        add(QgsProcessingParameterFile("BEFORE", translate("landreview", "Earlier hand-in")))
        add(QgsProcessingParameterFile("AFTER", translate("landreview", "Later hand-in")))
        crs = translate("landreview", "Coordinate system, when the file has none")
        add(QgsProcessingParameterCrs("CRS", crs, optional=True))
        kind = Qgis.ProcessingSourceType.VectorPolygon
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "Differences"), kind))
        for name in ("ADDED", "REMOVED", "RENUMBERED", "CHANGED", "UNCHANGED", "AREA_DIFFERENCE"):
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Import both, compare, write."""
        from landreview_plugin.core.compare_parcels import compare_parcels

        layers = [self._imported(parameters, name, context, feedback) for name in ("BEFORE", "AFTER")]
        systems = [layer.crs() for layer in layers]
        if systems[0] != systems[1]:
            text = translate("landreview", "The hand-ins have different coordinate systems: {} and {}")
            raise QgsProcessingException(text.format(systems[0].authid(), systems[1].authid()))
        before, after = (_parcels(layer) for layer in layers)
        changes = compare_parcels(before, after)
        sink_id = self._write(parameters, context, systems[0], changes)
        difference = sum(s.area for s in after.values()) - sum(s.area for s in before.values())
        return {"OUTPUT": sink_id, "AREA_DIFFERENCE": difference} | _counts(changes)

    def _imported(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Any:
        given = {"INPUT": parameters[name], "CRS": parameters.get("CRS"), "OUTPUT": "memory:"}
        done = self.child("landreview:importparcels", given, context, feedback)
        return QgsProcessingUtils.mapLayerFromString(done["OUTPUT"], context)

    def _write(
        self, parameters: dict[str, Any], context: QgsProcessingContext, crs: Any, changes: tuple[ParcelChange, ...]
    ) -> str:
        from landreview_plugin.processing.parcel_io import qgis_geometry

        fields = script.fields_of(COLUMNS)
        kind = Qgis.WkbType.MultiPolygon
        sink, sink_id = self.parameterAsSink(parameters, "OUTPUT", context, fields, kind, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        for row in changes:
            feature = QgsFeature(fields)
            feature.setGeometry(qgis_geometry(row.geometry))
            areas = [row.geometry.area, row.area_before_m2, row.area_after_m2]
            feature.setAttributes([row.change.value, row.parcel, row.before, *areas])
            script.add(sink, feature)
        return str(sink_id)


def _parcels(layer: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for feature in layer.getFeatures():
        number = feature["number"]
        if number in found:
            raise QgsProcessingException(translate("landreview", "Parcel number twice: {}").format(number))
        found[number] = script.shape_of(feature)
    return found


def _counts(changes: tuple[ParcelChange, ...]) -> dict[str, int]:
    kinds = [row.change.value for row in changes]
    changed = {row.parcel for row in changes if row.change.value in ("gained", "lost")}
    counts = {name: kinds.count(name.lower()) for name in ("ADDED", "REMOVED", "RENUMBERED", "UNCHANGED")}
    return counts | {"CHANGED": len(changed)}
