# SPDX-License-Identifier: GPL-2.0-or-later
"""Export the parcels of approved cases to the "one map" layer (一张图)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterVectorLayer,
    QgsVectorLayer,
)

from landreview_plugin.i18n import translate
from landreview_plugin.processing import script

if TYPE_CHECKING:
    from landreview_plugin.jobs.approvals import Approval

COLUMNS = dict.fromkeys(
    ("case_no", "parcel", "name", "use", "business", "county", "approved", "document"), script.TEXT
) | {"area_m2": script.NUMBER, "verdict": script.TEXT, "digest": script.TEXT}


class ExportOneMap(script.ScriptAlgorithm):
    """Approved parcels with their approval and the digest of their review."""

    NAME = "exportonemap"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Export approved parcels to the one map")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Writes the parcels of every case in APPROVALS (csv: case_number, approved_on, document) with case, "
            "approval, area, verdict and digest of the sealed result. With EXISTING, the rows of that layer for "
            "other cases are carried over and those of the listed cases are replaced: running it twice doubles "
            "nothing. All cases must be in one coordinate system. A case without a result stops it.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        add = self.addParameter
        add(QgsProcessingParameterFile("APPROVALS", translate("landreview", "List of approvals (csv)")))
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add(QgsProcessingParameterFile("RESULTS", translate("landreview", "Folder of batches"), folder))
        kind = Qgis.ProcessingSourceType.VectorPolygon
        existing = translate("landreview", "One map as it is")
        add(QgsProcessingParameterVectorLayer("EXISTING", existing, [kind], optional=True))
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "One map"), kind))
        for name in ("CASE_COUNT", "PARCEL_COUNT", "CARRIED_COUNT"):
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Carry over, then add case by case."""
        from landreview_plugin.jobs import approvals
        from landreview_plugin.jobs.statistics import gather_summaries

        listed = approvals.read_approvals(Path(self.parameterAsString(parameters, "APPROVALS", context)))
        found = gather_summaries(Path(self.parameterAsString(parameters, "RESULTS", context)))
        cases = approvals.with_results(listed, found.entries)
        existing = self.parameterAsVectorLayer(parameters, "EXISTING", context)
        layers = [(case, _parcels_of(case)) for case in cases]
        systems = {layer.crs().authid() for layer in (existing, *(layer for _, layer in layers)) if layer is not None}
        if len(systems) > 1:
            text = translate("landreview", "The layers have different coordinate systems: {}")
            raise QgsProcessingException(text.format(", ".join(sorted(systems))))
        fields, crs = (
            script.fields_of(COLUMNS),
            next(layer.crs() for layer in (*(x for _, x in layers), existing) if layer),
        )
        sink, sink_id = self.parameterAsSink(parameters, "OUTPUT", context, fields, Qgis.WkbType.MultiPolygon, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        carried = _carry(existing, {case.case for case in cases}, fields, sink)
        parcels = sum(_export(case, layer, fields, sink) for case, layer in layers)
        return {"OUTPUT": sink_id, "CASE_COUNT": len(cases), "PARCEL_COUNT": parcels, "CARRIED_COUNT": carried}


def _parcels_of(case: Approval) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{case.home / 'result.gpkg'}|layername=parcels", case.case, "ogr")
    if not layer.isValid():
        text = translate("landreview", "Case {} has no result.gpkg: review it with the format gpkg")
        raise QgsProcessingException(text.format(case.case))
    return layer


def _carry(existing: QgsVectorLayer | None, cases: set[str], fields: Any, sink: Any) -> int:
    rows = [] if existing is None else [row for row in existing.getFeatures() if row["case_no"] not in cases]
    for row in rows:
        feature = QgsFeature(fields)
        feature.setGeometry(row.geometry())
        feature.setAttributes([row[name] for name in COLUMNS])
        script.add(sink, feature)
    return len(rows)


def _export(case: Approval, layer: QgsVectorLayer, fields: Any, sink: Any) -> int:
    result = case.result()
    about = {parcel.number: parcel for parcel in result.parcels}
    rows = list(layer.getFeatures())
    for row in rows:
        parcel = about[row["number"]]
        feature = QgsFeature(fields)
        feature.setGeometry(row.geometry())
        head = [case.case, parcel.number, parcel.name, parcel.use, result.case.business_type, result.case.jurisdiction]
        tail = [float(parcel.area_m2), parcel.verdict.value, result.digest]
        feature.setAttributes([*head, case.approved_on.isoformat(), case.document, *tail])
        script.add(sink, feature)
    return len(rows)
