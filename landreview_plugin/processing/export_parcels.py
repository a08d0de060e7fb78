# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:exportparcels``: parcels to SHP, DXF, KML, GPKG, GeoJSON, and their boundary-point table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
)

from ..i18n import translate
from .base import LandReviewAlgorithm, Parameters

FORMATS = ("SHP", "DXF", "KML", "GPKG", "GEOJSON")
BY_SUFFIX = "BY_SUFFIX"


class ExportParcels(LandReviewAlgorithm):
    """Files for other programs, each as that program's users expect it."""

    NAME = "exportparcels"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Export parcels")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Writes parcels as SHP (GBK, with .cpg and .prj), DXF (R12), KML, GPKG or GeoJSON. "
            "KML and GeoJSON hold WGS 84 degrees and are for looking at only. "
            "POINT_TABLE writes the boundary-point table, too: numbers, coordinates, side lengths. "
            "What a format can't hold is said.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        add = self.addParameter
        polygons = [Qgis.ProcessingSourceType.VectorPolygon]
        add(QgsProcessingParameterFeatureSource("PARCELS", translate("landreview", "Parcels"), polygons))
        add(
            QgsProcessingParameterEnum(
                "FORMAT",
                translate("landreview", "Format; BY_SUFFIX: as the name of the file says"),
                [BY_SUFFIX, *FORMATS],
                defaultValue=BY_SUFFIX,
                usesStaticStrings=True,
            )
        )
        add(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        filters = ";;".join(f"{each} (*.{each.lower()})" for each in FORMATS)
        add(QgsProcessingParameterFileDestination("OUTPUT", translate("landreview", "Parcels"), filters))
        add(
            QgsProcessingParameterFileDestination(
                "POINT_TABLE",
                translate("landreview", "Boundary-point table"),
                "CSV (*.csv)",
                optional=True,
                createByDefault=False,
            )
        )

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the features, write each file beside its place, then rename."""
        from ..core.boundary.point_table import boundary_point_table, point_table_text
        from ..core.files import replace_file
        from ..jobs.refusal import refuse
        from ..project.parcels import read_features
        from ..sources.export import export_parcels
        from .parcel_io import accepted

        source = self.parameterAsSource(parameters, "PARCELS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "PARCELS"))
        reading = read_features(source, number_field=self.parameterAsString(parameters, "PARCEL_FIELD", context))
        refuse(reading)
        assert reading.crs is not None
        path = self._path(parameters, context)
        said = export_parcels(reading.parcels, reading.crs, path)
        accepted(reading.model_copy(update={"problems": (*reading.problems, *said)}), feedback)
        results = {"OUTPUT": str(path)}
        if table := self.parameterAsFileOutput(parameters, "POINT_TABLE", context):
            text = point_table_text(boundary_point_table(reading.parcels, renumber=True))
            replace_file(Path(table), lambda beside: beside.write_bytes(text.encode("utf-8-sig")))
            results["POINT_TABLE"] = table
        return results

    def _path(self, parameters: Parameters, context: QgsProcessingContext) -> Path:
        """OUTPUT, which must not contradict FORMAT."""
        from ..core.model.problems import LandReviewError

        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        chosen = self.parameterAsEnumString(parameters, "FORMAT", context)
        if chosen == BY_SUFFIX:
            return path
        suffix = f".{chosen.lower()}"
        if path.suffix and path.suffix.lower() not in (suffix, ".file"):
            raise LandReviewError("E-CASE-PARAM", detail=f"FORMAT={chosen}, OUTPUT={path.name}")
        return path.with_suffix(suffix)
