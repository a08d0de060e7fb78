# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents of OGC API Features (17-069r4, 18-058r1): landing page, conformance, collections, pages of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from landreview_plugin.core.tables import index, table

from .crs import CRS84, STORED, uri_of, uris
from .query import Asked
from .rows import PARCEL_FIELDS, Item

CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
_GEOJSON, _JSON, _HTML = "application/geo+json", "application/json", "text/html"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
OWN_FIELDS = ("landreview_jurisdiction", "landreview_data_date")

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Collection:
    """Features of one kind, of all jurisdictions in sight."""

    id: str
    title: str
    description: str
    fields: frozenset[str]
    extent: tuple[float, float, float, float] | None = None


PARCELS = Collection(
    "parcels", "报件地块 / Parcels of cases", "案卷的现行地块 / parcels that count", frozenset(PARCEL_FIELDS)
)


def collections_of(layers: Sequence[Mapping[str, Any]]) -> list[Collection]:
    """The parcels, and each reference layer of which a version is in sight (rows of ``centre.newest``)."""
    fields: dict[str, set[str]] = {}
    for row in layers:
        fields.setdefault(row["layer"], set()).update(name for name, _ in row["fields"])
    names = index("layers", "key")
    known = [key["key"] for key in table("layers") if key["key"] in fields]
    return [
        PARCELS,
        *(
            Collection(
                key,
                f"{names[key]['name_zh']} / {names[key]['name_en']}",
                "各单位最新版本 / newest version of each jurisdiction",
                frozenset(fields[key]) | frozenset(OWN_FIELDS),
            )
            for key in known
        ),
    ]


def landing(base: str) -> Document:
    """The entrance."""
    return {
        "title": "LandReview",
        "description": "国土空间审查数据中心 / data centre for the review of applications for land",
        "links": [
            _link(f"{base}/ogc", "self", _JSON, "this document"),
            _link(f"{base}/ogc?f=html", "alternate", _HTML, "this page"),
            _link(f"{base}/openapi.json", "service-desc", _OPENAPI, "the API"),
            _link(f"{base}/ogc/conformance", "conformance", _JSON, "conformance classes"),
            _link(f"{base}/ogc/collections", "data", _JSON, "collections"),
        ],
    }


def collection_list(base: str, known: Sequence[Collection]) -> Document:
    """All collections in sight."""
    return {
        "links": [
            _link(f"{base}/ogc/collections", "self", _JSON, "this document"),
            _link(f"{base}/ogc/collections?f=html", "alternate", _HTML, "this page"),
        ],
        "crs": uris(),
        "collections": [collection(base, each) for each in known],
    }


def collection(base: str, each: Collection) -> Document:
    """One collection with its extent, where it was looked up."""
    path = f"{base}/ogc/collections/{each.id}"
    document: Document = {
        "id": each.id,
        "title": each.title,
        "description": each.description,
        "itemType": "feature",
        "crs": uris(),
        "storageCrs": uri_of(STORED),
        "links": [
            _link(path, "self", _JSON, "this collection"),
            _link(f"{path}/items", "items", _GEOJSON, each.title),
            _link(f"{path}/items?f=html", "items", _HTML, each.title),
            {
                "href": f"{base}/tiles/{each.id}/{{z}}/{{x}}/{{y}}.mvt",
                "rel": "tiles",
                "type": "application/vnd.mapbox-vector-tile",
                "templated": True,
            },
        ],
    }
    if each.extent:
        document["extent"] = {"spatial": {"bbox": [list(each.extent)], "crs": CRS84}}
    return document


def page_links(base: str, name: str, query: Mapping[str, str], found: Sequence[Item], asked: Asked) -> list[Document]:
    """Links of a page of items: itself, the page as HTML, the next page where there is one."""
    path = f"{base}/ogc/collections/{name}"
    links = [
        _link(f"{path}/items?{urlencode(query)}".rstrip("?"), "self", _GEOJSON, "this page"),
        _link(f"{path}/items?{urlencode({**query, 'f': 'html'})}", "alternate", _HTML, "this page"),
        _link(path, "collection", _JSON, "the collection"),
    ]
    if len(found) > asked.limit:
        last = found[asked.limit - 1]
        further = {**query, "after": f"{last.group}.{last.n}"}
        links.append(_link(f"{path}/items?{urlencode(further)}", "next", _GEOJSON, "next page"))
    return links


def feature(item: Item) -> str:
    """A feature as GeoJSON; the database has written its parts."""
    return (
        f'{{"type":"Feature","id":"{item.group}.{item.n}","geometry":{item.geometry or "null"},'
        f'"properties":{item.properties}}}'
    )


def _link(href: str, rel: str, kind: str, title: str) -> Document:
    return {"href": href, "rel": rel, "type": kind, "title": title}
