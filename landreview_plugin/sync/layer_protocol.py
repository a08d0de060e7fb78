# SPDX-License-Identifier: GPL-2.0-or-later
"""What travels of reference layers: versions and their lists. The rest of the wire is ``protocol``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from ..core.model.base import Text
from .protocol import Answer, Sent, Sha256


class LayerManifest(Answer):
    """One version of a reference layer of one jurisdiction."""

    layer: str
    jurisdiction: str
    version: int
    data_date: dt.date
    feature_count: int
    base_version: int | None = None
    base_hash: str = ""
    result_hash: str
    """Over the sorted rows: what a client must have after applying file or delta."""
    file_sha256: str
    file_size: int
    delta_sha256: str = ""
    """Empty: this version is sent whole."""
    delta_size: int = 0
    notes: tuple[Text, ...] = ()
    """What a user of the layer should know: invalid features, features without geometry."""


class LayerUpload(Sent):
    """``POST /v1/layers/{layer}/{jurisdiction}``: make a file that was sent before the next version."""

    file_sha256: Sha256
    """A GeoPackage among the blobs."""
    data_date: dt.date
    source_layer: str = Field(default="", max_length=200)
    """Name of the layer in the file; empty: the only one."""


class LayerList(Answer):
    """``GET /v1/layers``: what is in force; ``GET /v1/layers/{layer}/{jurisdiction}``: all versions, newest first."""

    layers: tuple[LayerManifest, ...] = ()
