# SPDX-License-Identifier: GPL-2.0-or-later
"""A reading, or the error instead of one, as JSON and back: geometries as hexadecimal WKB."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ..core.model.base import Text
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Place, Problem

Json = dict[str, Any]


def reading_to_json(reading: ParcelReading) -> Json:
    """All fields of a reading, geometries included."""
    return reading.model_dump(mode="json") | {
        "parcels": [parcel.model_dump(mode="json") | _packed(parcel.geometry) for parcel in reading.parcels],
        "problems": [problem.model_dump(mode="json") | _packed(problem.geometry) for problem in reading.problems],
    }


def reading_from_json(data: Json) -> ParcelReading:
    """The reading that :func:`reading_to_json` wrote down."""
    parcels = tuple(Parcel.model_validate(_unpacked(parcel)) for parcel in data["parcels"])
    problems = tuple(Problem.model_validate(_unpacked(problem)) for problem in data["problems"])
    return ParcelReading.model_validate(data | {"parcels": parcels, "problems": problems})


def error_to_json(error: LandReviewError) -> Json:
    """Code, detail and place of an error."""
    return {
        "code": error.code,
        "detail": error.detail.model_dump() if error.detail else None,
        "place": error.place.model_dump(mode="json"),
    }


def error_from_json(data: Json) -> LandReviewError:
    """The error that :func:`error_to_json` wrote down."""
    detail = Text.model_validate(data["detail"]) if data["detail"] else None
    return LandReviewError(data["code"], detail=detail, place=Place.model_validate(data["place"]))


def _packed(geometry: BaseGeometry | None) -> Json:
    return {"geometry": None if geometry is None else shapely.to_wkb(geometry, hex=True)}


def _unpacked(data: Json) -> Json:
    geometry = data["geometry"]
    return data | {"geometry": None if geometry is None else shapely.from_wkb(geometry)}
