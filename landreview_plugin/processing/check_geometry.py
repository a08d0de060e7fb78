# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:checkgeometry``: the quality check of handed-in parcels, each problem on the map."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ..i18n import translate
from .base import Parameters
from .overlay_base import OverlayAlgorithm

if TYPE_CHECKING:
    from ..core.model.parcel import ParcelReading
    from ..core.quality.surroundings import Surroundings


class CheckGeometry(OverlayAlgorithm):
    """Detects on the coordinates as handed in; repairs nothing."""

    NAME = "checkgeometry"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Check parcels")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Checks geometry, topology, areas, coordinate system, jurisdiction and attributes of parcels by the "
            "quality rules of the office profile, how closely they meet the boundaries of counties and survey patches, "
            "whether another open case of the store wants the same land, and whether other files of the hand-in (a "
            "shapefile beside the TXT, the drawing) show the same. OUTPUT has one feature a problem, with "
            "the place, the reason and the next step. Nothing is repaired.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self.add_parcels()
        self.addParameter(
            QgsProcessingParameterVectorLayer(
                "JURISDICTION_LAYER",
                translate("landreview", "Counties of the office"),
                [Qgis.ProcessingSourceType.VectorPolygon],
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterVectorLayer(
                "PATCH_LAYER",
                translate("landreview", "Patches of the land survey"),
                [Qgis.ProcessingSourceType.VectorPolygon],
                optional=True,
            )
        )
        self._declare_case()
        self.addParameter(
            QgsProcessingParameterString(
                "PROFILE", translate("landreview", "Office profile: file or built-in name"), defaultValue="hunan"
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterCrs(
                "CRS", translate("landreview", "Plane to check in, for parcels in degrees"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", translate("landreview", "Problems"), Qgis.ProcessingSourceType.VectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("ERROR_COUNT", translate("landreview", "Number of errors")))
        self.addOutput(QgsProcessingOutputNumber("WARNING_COUNT", translate("landreview", "Number of warnings")))

    def _declare_case(self) -> None:
        """What the rest of the case says about the parcels."""
        self.addParameter(
            QgsProcessingParameterFile(
                "WORKSPACE", translate("landreview", "Store, to compare with other open cases"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "CASE_NUMBER", translate("landreview", "Case number, not to compare it with itself"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                "OTHER_FILES",
                translate("landreview", "Other files of the hand-in, which must show the same land"),
                Qgis.ProcessingSourceType.File,
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "STATED_TOTAL",
                translate("landreview", "Stated area of the whole case (ha)"),
                Qgis.ProcessingNumberParameterType.Double,
                optional=True,
                minValue=0,
            )
        )

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read without refusing, check, write one feature a problem."""
        from ..core.model.problems import Level
        from ..core.profile import load_profile
        from ..jobs.quality_job import check_reading
        from ..project.crs import crs_of_qgis
        from ..project.parcels import read_features
        from ..sources.import_options import ImportOptions
        from .problem_sink import problem_sink

        source = self.parameterAsSource(parameters, "PARCELS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "PARCELS"))
        field = self.parameterAsString(parameters, "PARCEL_FIELD", context)
        plane = crs_of_qgis(self.parameterAsCrs(parameters, "CRS", context))
        reading = read_features(source, number_field=field, options=ImportOptions(crs=plane))
        profile = load_profile(self.parameterAsString(parameters, "PROFILE", context))
        problems = check_reading(
            reading, profile, self._around(parameters, context, reading), self._total(parameters, context)
        )
        sink_id = problem_sink(self, "OUTPUT", parameters, context, reading.crs, problems)
        return {
            "OUTPUT": sink_id,
            "ERROR_COUNT": sum(problem.level is Level.ERROR for problem in problems),
            "WARNING_COUNT": sum(problem.level is Level.WARNING for problem in problems),
        }

    def _around(self, parameters: Parameters, context: QgsProcessingContext, reading: ParcelReading) -> Surroundings:
        from ..core.quality.surroundings import NOWHERE, Surroundings
        from ..jobs.open_cases import open_cases
        from ..jobs.other_files import other_files

        if reading.crs is None or not reading.crs.metres or not reading.parcels:
            return NOWHERE
        store = self.parameterAsString(parameters, "WORKSPACE", context)
        number = self.parameterAsString(parameters, "CASE_NUMBER", context)
        return Surroundings(
            counties=self.open_reference("JURISDICTION_LAYER", reading) if self.has("JURISDICTION_LAYER") else None,
            patches=self.open_reference("PATCH_LAYER", reading) if self.has("PATCH_LAYER") else None,
            cases=open_cases(Path(store), reading, number) if store else (),
            files=other_files(map(Path, self.parameterAsFileList(parameters, "OTHER_FILES", context)), reading),
        )

    def _total(self, parameters: Parameters, context: QgsProcessingContext) -> Decimal | None:
        if parameters.get("STATED_TOTAL") is None:
            return None
        return Decimal(repr(self.parameterAsDouble(parameters, "STATED_TOTAL", context)))
