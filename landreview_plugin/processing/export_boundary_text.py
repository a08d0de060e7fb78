# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:exportboundarytxt``: parcels to a boundary-point TXT."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import LandReviewAlgorithm, Parameters

ENCODINGS = ("gbk", "utf-8")


class ExportBoundaryText(LandReviewAlgorithm):
    """Boundary points numbered from the north-west corner, clockwise."""

    NAME = "exportboundarytxt"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Export boundary-point TXT")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Writes parcels of a CGCS2000 Gauss-Krüger plane as a boundary-point TXT. "
            "Points are numbered from the north-west corner, clockwise. "
            "DIALECT names a dialect of resources/dialects or of the office.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        add = self.addParameter
        add(
            QgsProcessingParameterFeatureSource(
                "PARCELS", translate("landreview", "Parcels"), [Qgis.ProcessingSourceType.VectorPolygon]
            )
        )
        add(QgsProcessingParameterString("DIALECT", translate("landreview", "Dialect"), defaultValue="canonical"))
        add(
            QgsProcessingParameterEnum(
                "ENCODING",
                translate("landreview", "Encoding"),
                list(ENCODINGS),
                defaultValue="gbk",
                usesStaticStrings=True,
            )
        )
        add(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        add(
            QgsProcessingParameterBoolean(
                "RENUMBER", translate("landreview", "Number the points anew"), defaultValue=True
            )
        )
        add(QgsProcessingParameterString("PRODUCER", translate("landreview", "Producer"), optional=True))
        add(
            QgsProcessingParameterFile(
                "DIALECTS",
                translate("landreview", "Folder with the office's TXT dialects"),
                Qgis.ProcessingFileParameterBehavior.Folder,
                optional=True,
            )
        )
        add(
            QgsProcessingParameterFileDestination(
                "OUTPUT", translate("landreview", "Boundary-point TXT"), "TXT (*.txt)"
            )
        )

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the features, write the file beside its place, then rename."""
        from ..core.boundary.dialects import dialect_named, load_dialects
        from ..core.boundary.writer import write_boundary_text
        from ..core.files import replace_file
        from ..jobs.refusal import refuse
        from ..project.parcels import read_features
        from .parcel_io import accepted

        source = self.parameterAsSource(parameters, "PARCELS", context)
        number_field = self.parameterAsString(parameters, "PARCEL_FIELD", context)
        reading = read_features(source, number_field=number_field)
        refuse(reading)
        accepted(reading, feedback)
        producer = self.parameterAsString(parameters, "PRODUCER", context)
        folder = self.parameterAsString(parameters, "DIALECTS", context)
        own = load_dialects(Path(folder)) if folder else ()
        content = write_boundary_text(
            reading.parcels,
            reading.crs,
            dialect=dialect_named(self.parameterAsString(parameters, "DIALECT", context), own),
            encoding=self.parameterAsString(parameters, "ENCODING", context),
            header={"数据产生单位": producer} if producer else {},
            fill_areas=True,
            renumber=self.parameterAsBoolean(parameters, "RENUMBER", context),
        )
        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        replace_file(path, lambda beside: beside.write_bytes(content))
        return {"OUTPUT": str(path)}
