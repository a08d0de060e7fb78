# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person sets once: typed, kept in QGIS's own settings. Environment variables win.

An office with many desks presets ``LANDREVIEW_CATALOGUE`` and the like for all of them. A value that comes from the
environment is never written into a person's settings: without the variable their own counts again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

GROUP = "landreview"
PREFIX = "LANDREVIEW_"


class AreaUnit(StrEnum):
    """In which unit areas are shown; what is computed and stored is always m²."""

    M2 = "m2"
    HA = "ha"
    MU = "mu"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one person at one desk. Empty text: not set."""

    workspace: Path
    """The store of cases; by default one in the profile's folder."""
    catalogue: str = ""
    """Path of the office's catalogue."""
    profile: str = "hunan"
    """An office profile: a built-in name or a path."""
    rule_pack: str = ""
    """A rule pack: a built-in name or a path; empty: the profile's."""
    person: str = ""
    role: str = "technician"
    """A value of ``core.model.opinion.Role``."""
    office: str = ""
    """Jurisdiction code; empty: the profile's."""
    unit: AreaUnit = AreaUnit.M2
    server: str = ""
    authcfg: str = ""
    """Id of a configuration of QGIS's authentication store."""


def default_workspace() -> Path:
    """Where the store lies until somebody chooses another place."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "landreview" / "landreview.gpkg"


def overridden() -> frozenset[str]:
    """Fields whose value comes from the environment: a page shows them and can't change them."""
    return frozenset(name for name in _names() if os.environ.get(variable(name)))


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def read() -> Settings:
    """The settings in force. What nobody set, or what can't be understood, has its default."""
    stored = QgsSettings()
    given = {name: str(stored.value(f"{GROUP}/{name}", "") or "") for name in _names()}
    given |= {name: os.environ[variable(name)] for name in overridden()}
    plain = {name: value for name, value in given.items() if value and name not in ("workspace", "unit")}
    workspace = Path(given["workspace"]).expanduser() if given["workspace"] else default_workspace()
    unit = AreaUnit(given["unit"]) if given["unit"] in set(AreaUnit) else AreaUnit.M2
    return Settings(workspace=workspace, unit=unit, **plain)


def write(settings: Settings) -> None:
    """Keep ``settings``; fields that the environment decides stay as they were stored."""
    stored = QgsSettings()
    for name in set(_names()) - overridden():
        value = str(getattr(settings, name))
        # the default is not written: it follows the profile's folder when that moves
        if name == "workspace" and settings.workspace == default_workspace():
            value = ""
        stored.setValue(f"{GROUP}/{name}", value)
    stored.sync()


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Settings))
