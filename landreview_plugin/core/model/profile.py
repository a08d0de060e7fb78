# SPDX-License-Identifier: GPL-2.0-or-later
"""The office's own settings: what it accepts, tolerates and calls things. Data, not law."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from .base import Model, Text
from .crs import Datum


class Tolerances(Model):
    """Working tolerances; each result prints them."""

    sliver_area_m2: Decimal = Field(default=Decimal("1.00"), ge=0)
    """A piece of at most this area is a sliver: dropped from findings, listed with the sum."""
    dropped_sum_m2: Decimal = Field(default=Decimal(10), ge=0)
    """A sum of dropped slivers above this is a finding of its own …"""
    dropped_share: Decimal = Field(default=Decimal("0.001"), ge=0)
    """… as is one above this share of the parcel."""
    coverage_m2: Decimal = Field(default=Decimal("0.01"), ge=0)
    """Land outside a coverage up to this much is noise of the two outlines."""
    gap_m2: Decimal = Field(default=Decimal("1.00"), ge=0)
    """A gap in a layer that should leave none."""
    snap_m: Decimal = Field(default=Decimal("0.001"), ge=0)


class Extent(Model):
    """A box in degrees of CGCS2000."""

    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float


class Unit(Model):
    """An administrative unit that ``jurisdictions.csv`` does not have."""

    code: str = Field(pattern=r"^\d{6}$")
    name_zh: str
    name_en: str = ""
    extent: Extent | None = None


class Check(Model):
    """An office's change to a quality check."""

    off: bool = False
    threshold: Decimal | None = None
    severity: str = ""


class OfficeProfile(Model):
    """All settings of an office."""

    name: str
    title: Text
    jurisdiction: str = ""
    accepted_datums: tuple[Datum, ...] = ()
    """Empty: any."""
    extent: Extent | None = None
    """Where parcels may lie; None: anywhere, no jurisdiction check."""
    planar_only: bool = False
    rule_pack: str = "hunan"
    tolerances: Tolerances = Tolerances()
    quality: dict[str, Check] = Field(default_factory=dict)
    """By id of ``qa_rules.csv``."""
    units: tuple[Unit, ...] = ()
    calendar: str = "calendar_cn"
    roles: dict[str, str] = Field(default_factory=dict)
