# SPDX-License-Identifier: GPL-2.0-or-later
"""Which engines computed a result: stands beside the digest, never in it."""

from __future__ import annotations

import configparser
from functools import cache
from pathlib import Path

import numpy as np
import pydantic
import shapely
from osgeo import gdal, osr

_PLUGIN = Path(__file__).resolve().parent.parent


def versions() -> dict[str, str]:
    """Name → version of everything that a number depends on."""
    proj = ".".join(str(getattr(osr, f"GetPROJVersion{part}")()) for part in ("Major", "Minor", "Micro"))
    return {
        "landreview": plugin_version(),
        "geos": shapely.geos_version_string,
        "gdal": str(gdal.__version__),
        "proj": proj,
        "shapely": shapely.__version__,
        "numpy": np.__version__,
        "pydantic": pydantic.VERSION,
    }


@cache
def plugin_version() -> str:
    """The version in metadata.txt: inside the built plugin, or at the top of the checkout."""
    for folder in (_PLUGIN, _PLUGIN.parent):
        path = folder / "metadata.txt"
        if path.is_file():
            parser = configparser.ConfigParser(interpolation=None)
            parser.read(path, encoding="utf-8")
            return parser.get("general", "version", fallback="0")
    return "0"
