# SPDX-License-Identifier: GPL-2.0-or-later
"""How many features a service says that it has, and how far that can be trusted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Protocol

from osgeo import gdal, ogr

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from .gdal_errors import UNTOLD, collected, failures, joined
from .service_reach import is_remote, patient

Box = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax in the layer's own CRS."""
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Count:
    """What a service says."""

    stated: int | None = None
    """Features that match; None: it does not say."""
    trusted: bool = False
    """The number is the server's and is not bounded by its limit."""
    limit: int | None = None
    """Features in one answer at most, where the server names it."""


class Counter(Protocol):
    """Asks a service how many features it has."""

    @property
    def server_filters(self) -> bool:
        """Whether a box goes to the server; else everything comes and is filtered here."""

    def count(self, box: Box | None) -> Count:
        """What the service says about a box, or about all."""


def counter_of(dataset: gdal.Dataset, layer: ogr.Layer, address: str, place: Place) -> Counter:
    """The way in which a driver's service is asked."""
    driver = dataset.GetDriver().ShortName
    if driver == "WFS":
        return _Wfs(dataset, layer)
    if driver == "OAPIF":
        return _OgcApi(address, layer.GetName(), place)
    return _Whole(layer, address, place)


class _Wfs:
    """WFS: the driver asks for ``resultType=hits``.

    The number is bounded by the server's limit in WFS 1.1 (GeoServer's default), there is none in 1.0, and where a
    server of 2.0 answers "unknown" the driver makes it zero.
    """

    server_filters = True

    def __init__(self, dataset: gdal.Dataset, layer: ogr.Layer) -> None:
        self._layer = layer
        text = "".join(dataset.GetMetadata_List("xml:capabilities") or ())
        self._second = bool(re.search(r"<(?:\w+:)?WFS_Capabilities[^>]*\sversion=[\"']2\.", text))
        limit = re.search(
            r"name=[\"']CountDefault[\"'].*?<(?:\w+:)?(?:DefaultValue|Value)>\s*(\d+)\s*<", text, re.DOTALL
        )
        self._limit = int(limit[1]) if limit else None

    def count(self, box: Box | None) -> Count:
        """See :class:`Counter`."""
        if box is None:
            self._layer.SetSpatialFilter(None)
        else:
            self._layer.SetSpatialFilterRect(*box)
        with patient(), collected() as said:
            try:
                stated = int(self._layer.GetFeatureCount(1))
            except UNTOLD:  # said again when it is read
                return Count(limit=self._limit)
        if said or stated <= 0:
            return Count(limit=self._limit)
        return Count(stated, trusted=self._second, limit=self._limit)


class _OgcApi:
    """OGC API Features: ``numberMatched`` of a request for one feature."""

    server_filters = True

    def __init__(self, address: str, name: str, place: Place) -> None:
        root, _, rest = address[len("OAPIF:") :].partition("/collections/")
        base, _, query = root.partition("?")
        self._items = f"{base.rstrip('/')}/collections/{rest.split('/')[0].split('?')[0] or name}/items?"
        self._items += query + "&" if query else ""
        self._place = place

    def count(self, box: Box | None) -> Count:
        """See :class:`Counter`; raises E-SRC-SERVICE where no collection of features comes."""
        within = "" if box is None else "&bbox=" + ",".join(repr(value) for value in box)
        answer = _asked(f"{self._items}limit=1{within}", self._place)
        if not isinstance(answer, dict) or not isinstance(answer.get("features"), list):
            detail = str(answer)[:200] if answer else Text(zh="没有应答", en="no answer")
            raise LandReviewError("E-SRC-SERVICE", detail=detail, place=self._place)
        matched = answer.get("numberMatched")
        return Count(matched, trusted=True) if isinstance(matched, int) and matched > 0 else Count()


class _Whole:
    """Everything comes at once (ArcGIS REST, GeoJSON at an address): what answer, server or driver states."""

    server_filters = False

    def __init__(self, layer: ogr.Layer, address: str, place: Place) -> None:
        self._layer, self._place = layer, place
        plain = address.removeprefix("ESRIJSON:")
        self._query = f"{plain}&returnCountOnly=true" if "/query?" in plain and is_remote(plain) else ""

    def count(self, box: Box | None) -> Count:
        """See :class:`Counter`."""
        self._layer.SetSpatialFilter(None)
        counted = [self._in_the_answer(), self._of_the_server()]
        known = [number for number in counted if isinstance(number, int)]
        with patient(), collected() as said:
            try:
                stated = int(self._layer.GetFeatureCount(1))
            except UNTOLD:  # said again when it is read
                stated = -1
        if known:
            return Count(max(*known, stated), trusted=True)
        return Count(None if said or stated < 0 else stated)

    def _in_the_answer(self) -> object:
        """Members beside the features, which GDAL keeps as its native data."""
        native = self._layer.GetMetadataItem("NATIVE_DATA", "NATIVE_DATA")
        answer = json.loads(native) if native else {}
        return answer.get("numberMatched", answer.get("totalFeatures"))

    def _of_the_server(self) -> object:
        """ArcGIS counts what a query would give, without its limit."""
        if not self._query:
            return None
        answer = _asked(self._query, self._place)
        return answer.get("count") if isinstance(answer, dict) else None


def _asked(address: str, place: Place) -> object:
    """What an address answers in JSON; None: something else. Raises E-SRC-SERVICE where GDAL reports a failure."""
    with patient(), failures(place, "E-SRC-SERVICE") as said:
        file = gdal.VSIFOpenL("/vsicurl_streaming/" + address, "rb")
        text = b"" if file is None else bytes(gdal.VSIFReadL(1, _MOST_BYTES, file) or b"")
        if file is not None:
            gdal.VSIFCloseL(file)
    if said:
        raise LandReviewError("E-SRC-SERVICE", detail=joined(said), place=place)
    try:
        return json.loads(text)
    except ValueError:
        return None
