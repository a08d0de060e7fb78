# SPDX-License-Identifier: GPL-2.0-or-later
"""A person, a cover and a hand-in for the tests of the store."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import shapely

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.jobs.desk import Cover
from landreview_plugin.store.entries import Actor

CLERK = Actor(person="李四", office="430998", role="technician")
COVER = Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1), project="第三批次 & <b>", applicant="青岚镇")


def reading_of(easting: float = 38_612_000.0, number: str = "DK01") -> ParcelReading:
    """One square parcel of 100 m in zone 38 (EPSG:4526)."""
    square = shapely.box(easting, 3_120_000, easting + 100, 3_120_100)
    parcel = Parcel(
        number=number, stated_area_ha=Decimal("1.0000"), labels=(("J1", "J2", "J3", "J4"),), geometry=square
    )
    return ParcelReading(source="某县.txt", sha256="0" * 64, crs=crs_from_epsg(4526), parcels=(parcel,))
