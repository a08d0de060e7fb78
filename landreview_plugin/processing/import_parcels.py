# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:importparcels``: any hand-in file to parcels, with every problem said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import LandReviewAlgorithm, Parameters, any_file


class ImportParcels(LandReviewAlgorithm):
    """Read a hand-in completely, or say line by line why not."""

    NAME = "importparcels"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Import parcels")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Reads a boundary-point TXT, SHP, zip, GPKG, GDB, GeoJSON, KML, KMZ, DXF, CSV or XLSX into parcels. "
            "A file with errors is refused as a whole; PROBLEMS lists every one with line, reason and next step. "
            "What was repaired while reading is said. STRICT refuses files with warnings, too.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        add = self.addParameter
        add(QgsProcessingParameterFile("INPUT", translate("landreview", "Hand-in file"), fileFilter=any_file()))
        add(
            QgsProcessingParameterCrs(
                "CRS", translate("landreview", "Coordinate system, when the file has none"), optional=True
            )
        )
        add(
            QgsProcessingParameterBoolean("STRICT", translate("landreview", "Refuse warnings, too"), defaultValue=False)
        )
        add(
            QgsProcessingParameterString(
                "LAYER", translate("landreview", "Layer, when the file has several"), optional=True
            )
        )
        add(
            QgsProcessingParameterString(
                "FIELDS", translate("landreview", "Field mapping, e.g. number=DKBH;use=TDYT"), optional=True
            )
        )
        add(
            QgsProcessingParameterString(
                "ACCEPT", translate("landreview", "Repairs to accept, e.g. W-TXT-SWAP"), optional=True
            )
        )
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
                "PROBLEMS", translate("landreview", "Problems"), "JSON (*.json)", optional=True, createByDefault=False
            )
        )
        add(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", translate("landreview", "Parcels"), Qgis.ProcessingSourceType.VectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("PARCEL_COUNT", translate("landreview", "Number of parcels")))
        self.addOutput(QgsProcessingOutputNumber("WARNING_COUNT", translate("landreview", "Number of warnings")))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, write the list of problems, then refuse or hand over."""
        from ..core.model.problems import Level
        from ..jobs.refusal import refuse
        from ..sources.parcels import read_parcels
        from .import_options import import_options
        from .parcel_io import accepted, parcel_sink, write_problems

        path = self.parameterAsString(parameters, "INPUT", context)
        options = import_options(
            crs=self.parameterAsCrs(parameters, "CRS", context),
            strict=self.parameterAsBoolean(parameters, "STRICT", context),
            layer=self.parameterAsString(parameters, "LAYER", context),
            fields=self.parameterAsString(parameters, "FIELDS", context),
            accept=self.parameterAsString(parameters, "ACCEPT", context),
            dialects=self.parameterAsString(parameters, "DIALECTS", context),
        )
        reading = read_parcels(path, options)
        problems_file = self.parameterAsFileOutput(parameters, "PROBLEMS", context)
        if problems_file:
            write_problems(reading, Path(problems_file))
        refuse(reading, strict=options.strict)
        accepted(reading, feedback)
        sink_id = parcel_sink(self, parameters, context, reading)
        warnings = sum(problem.level is Level.WARNING for problem in reading.problems)
        return {"OUTPUT": sink_id, "PARCEL_COUNT": len(reading.parcels), "WARNING_COUNT": warnings}
