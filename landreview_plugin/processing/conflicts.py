# SPDX-License-Identifier: GPL-2.0-or-later
"""The six conflict algorithms: parcels against one kind of control line, with a verdict."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import Parameters
from .conflict_base import ConflictAlgorithm

if TYPE_CHECKING:
    from ..core.conflict import Selection


class FarmlandConflict(ConflictAlgorithm):
    """Parcels on permanent basic farmland."""

    NAME = "farmlandconflict"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Conflict with permanent basic farmland")


class RedlineConflict(ConflictAlgorithm):
    """Parcels in the ecological red line."""

    NAME = "redlineconflict"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Conflict with the ecological red line")


class UrbanBoundaryConflict(ConflictAlgorithm):
    """Parcels outside (or inside) the urban growth boundary."""

    NAME = "urbanboundaryconflict"
    MODES = ("inside", "outside")

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Conflict with the urban growth boundary")

    def add_more(self) -> None:
        """Declare MODE: what counts as the conflict."""
        self.addParameter(
            QgsProcessingParameterEnum(
                "MODE",
                translate("landreview", "Land that is in conflict"),
                list(self.MODES),
                defaultValue="outside",
                usesStaticStrings=True,
            )
        )

    def selection(self, parameters: Parameters, context: QgsProcessingContext) -> Selection:
        """Inside: the overlap; outside: what the boundary leaves."""
        from ..core.conflict import Selection

        mode = self.parameterAsEnumString(parameters, "MODE", context)
        return Selection(outside=mode == "outside")


class PlanningConflict(ConflictAlgorithm):
    """Parcels on planned uses that are not allowed."""

    NAME = "planningconflict"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Conflict with planned use")

    def add_more(self) -> None:
        """Declare CLASS_FIELD and ALLOWED."""
        self.addParameter(
            QgsProcessingParameterField(
                "CLASS_FIELD", translate("landreview", "Field with the planned use"), None, "REFERENCE"
            )
        )
        self.addParameter(
            QgsProcessingParameterString("ALLOWED", translate("landreview", "Allowed uses, separated by commas"))
        )

    def selection(self, parameters: Parameters, context: QgsProcessingContext) -> Selection:
        """Every use that is not named is a conflict; an empty one can't be judged."""
        from ..core.conflict import Hit, Selection

        field = self.parameterAsString(parameters, "CLASS_FIELD", context)
        text = self.parameterAsString(parameters, "ALLOWED", context).replace("，", ",")
        allowed = {value.strip() for value in text.split(",") if value.strip()}

        def judge(attributes: dict[str, Any]) -> Hit:
            value = attributes[field]
            if value is None or not str(value).strip():
                return Hit.UNKNOWN
            return Hit.NO if str(value).strip() in allowed else Hit.YES

        return Selection(fields=(field,), judge=judge, partition=True)


class MiningConflict(ConflictAlgorithm):
    """Parcels over mining or exploration rights in force."""

    NAME = "miningconflict"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Conflict with mining rights")

    def add_more(self) -> None:
        """Declare VALID_TO_FIELD and the date it is held against."""
        self.addParameter(
            QgsProcessingParameterField(
                "VALID_TO_FIELD",
                translate("landreview", "Field with the end of validity"),
                None,
                "REFERENCE",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterDateTime(
                "REFERENCE_DATE",
                translate("landreview", "Reference date (default: today)"),
                Qgis.ProcessingDateTimeParameterDataType.Date,
                optional=True,
            )
        )

    def selection(self, parameters: Parameters, context: QgsProcessingContext) -> Selection:
        """A right that ended before the reference date is no conflict; an unreadable date can't be judged."""
        from ..core.conflict import Hit, Selection

        field = self.parameterAsString(parameters, "VALID_TO_FIELD", context)
        if not field:
            return Selection()
        given = self.parameterAsDateTime(parameters, "REFERENCE_DATE", context)
        at = given.date().toPyDate() if given.isValid() else dt.date.today()

        def judge(attributes: dict[str, Any]) -> Hit:
            try:
                ends = dt.date.fromisoformat(str(attributes[field]).replace("/", "-")[:10])
            except ValueError:
                return Hit.UNKNOWN
            return Hit.YES if ends >= at else Hit.NO

        return Selection(fields=(field,), judge=judge)


class HazardConflict(ConflictAlgorithm):
    """Parcels nearer to a geological hazard than a distance."""

    NAME = "hazardconflict"
    REFERENCE_TYPES = (Qgis.ProcessingSourceType.VectorAnyGeometry,)

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Conflict with geological hazards")

    def add_more(self) -> None:
        """Declare DISTANCE and DISTANCE_FIELD."""
        self.addParameter(
            QgsProcessingParameterNumber(
                "DISTANCE",
                translate("landreview", "Distance (m)"),
                Qgis.ProcessingNumberParameterType.Double,
                defaultValue=100.0,
                minValue=0.0,
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "DISTANCE_FIELD",
                translate("landreview", "Field with the distance of each hazard (m)"),
                None,
                "REFERENCE",
                optional=True,
            )
        )

    def selection(self, parameters: Parameters, context: QgsProcessingContext) -> Selection:
        """With a field each hazard has its own distance, and DISTANCE where the field is empty."""
        from ..core.conflict import Selection

        return Selection(
            distance_m=self.parameterAsDouble(parameters, "DISTANCE", context),
            distance_field=self.parameterAsString(parameters, "DISTANCE_FIELD", context),
        )
