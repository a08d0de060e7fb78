# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the project that come from a service: what came is compared with what the service has.

Measured with QGIS 3.40.6: its WFS, OGC API and ArcGIS providers end without an error when a server sends only its
first features, breaks off, or answers with an exception; and ``featureCount`` may give what they have read themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from qgis.core import QgsBlockingNetworkRequest, QgsDataSourceUri, QgsVectorLayer
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..core.model.problems import LandReviewError, Place
from ..sources.service_reach import is_remote
from ..sources.service_words import FEWEST, at_a_limit, fewer, like_a_limit, short, silent

_HEAD = 4_000
"""Bytes in which an answer says what it is."""
_COUNT = MappingProxyType({"where": "1=1", "returnCountOnly": "true", "f": "json"})
_HITS = re.compile(rb"number(?:Matched|OfFeatures)=[\"'](\d+)[\"']")


@dataclass(frozen=True, slots=True)
class ServiceLayer:
    """What is needed to ask a service how many features it has, taken on the main thread."""

    provider: str
    address: str
    name: str
    version: str
    sign_in: str
    """Id of QGIS's authentication configuration, or empty."""
    most: int | None
    """How many features QGIS asks for at most, by the layer's own settings."""
    filtered: bool
    """The layer holds only what a filter of its own lets through: the whole can't be counted for it."""

    def compare(self, came: int, counted: int, place: Place) -> None:
        """Raises E-SRC-SHORT unless ``came`` is all, E-SRC-SERVICE where nothing came and the service does not answer.

        ``counted``: QGIS's number. Off the main thread.
        """
        asked = None if self.filtered else self._asked()
        stated = max(counted, asked or 0)
        if came < stated:
            raise short(fewer(came, stated), place)
        if not came:
            self._refuse_silence(place)
        if came == self.most or (not self._trusted(asked) and like_a_limit(came, round_to=100 if asked else FEWEST)):
            raise short(at_a_limit(came), place)

    def _refuse_silence(self, place: Place) -> None:
        """No feature is an answer only of a service that answers.

        QGIS loses the sign-in of an OGC API layer when its filter changes (qgis/QGIS#67247): it is refused from then
        on, and shows an empty layer.
        """
        match self.provider:
            case "OAPIF":
                whole, said = self._answer(self._items(), {"limit": "1"})
                answers = isinstance(_member(said, "features"), list)
            case "WFS":
                whole, said = self._answer(self.address, self._hits())
                answers = b"FeatureCollection" in said[:_HEAD]
            case "arcgisfeatureserver":
                whole, said = self._answer(f"{self.address.rstrip('/')}/query", _COUNT)
                answers = isinstance(_member(said, "count"), int)
            case _:
                whole, said, answers = False, b"", False
        if not (whole and answers):
            raise LandReviewError("E-SRC-SERVICE", detail=silent(said.decode(errors="replace")), place=place)

    def _trusted(self, asked: int | None) -> bool:
        """ArcGIS lists all its ids; servers of WFS 1.1 bound the number by their limit (GeoServer's default)."""
        bounded = self.provider == "WFS" and self.version.startswith("1")
        return self.provider == "arcgisfeatureserver" or (asked is not None and not bounded)

    def _asked(self) -> int | None:
        """What the service says; None: nothing, or it can't be asked."""
        if self.provider == "OAPIF":
            matched = _member(self._answer(self._items(), {"limit": "1"})[1], "numberMatched")
            return matched if isinstance(matched, int) and matched > 0 else None
        if self.provider != "WFS":
            return None
        found = _HITS.search(self._answer(self.address, self._hits())[1])
        return int(found[1]) or None if found else None

    def _items(self) -> str:
        base, question, query = self.address.partition("?")
        return f"{base.rstrip('/')}/collections/{self.name}/items{question}{query}"

    def _hits(self) -> dict[str, str]:
        version = self.version if self.version[:1].isdigit() else "2.0.0"
        names = "TYPENAMES" if version.startswith("2") else "TYPENAME"
        return {"SERVICE": "WFS", "VERSION": version, "REQUEST": "GetFeature", names: self.name, "RESULTTYPE": "hits"}

    def _answer(self, address: str, asks: Mapping[str, str]) -> tuple[bool, bytes]:
        """Whether an answer came whole, and what came. By QGIS's own network: its proxy, certificates and sign-in."""
        base, _, given = address.partition("?")
        request = QgsBlockingNetworkRequest()
        request.setAuthCfg(self.sign_in)
        query = "&".join(part for part in (given.strip("&"), urlencode(asks)) if part)
        code = request.get(QNetworkRequest(QUrl(f"{base}?{query}")), forceRefresh=True)  # not what was kept of before
        return code == QgsBlockingNetworkRequest.ErrorCode.NoError, bytes(request.reply().content())


def _member(answer: bytes, name: str) -> object:
    """A member of a JSON object; None where it is something else."""
    try:
        found = json.loads(answer)
    except ValueError:
        return None
    return found.get(name) if isinstance(found, dict) else None


def service_of(layer: QgsVectorLayer) -> ServiceLayer | None:
    """What stands behind a layer from a service; None: a file, a database or memory. On the main thread."""
    provider = layer.providerType()
    if provider == "ogr":
        return ServiceLayer(provider, "", "", "", "", None, True) if is_remote(layer.source()) else None
    if provider not in {"WFS", "OAPIF", "arcgisfeatureserver"}:
        return None
    uri = QgsDataSourceUri(layer.source())
    most = uri.param("maxNumFeatures")
    return ServiceLayer(
        provider=provider,
        address=uri.param("url"),
        name=uri.param("typename"),
        version=uri.param("version"),
        sign_in=uri.authConfigId(),
        most=int(most) if most.isdigit() and int(most) else None,
        filtered=bool(
            layer.subsetString() or uri.sql() or uri.param("sql") or uri.param("filter") or layer.isEditable()
        ),
    )
