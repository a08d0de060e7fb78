# SPDX-License-Identifier: GPL-2.0-or-later
"""What WFS 1.1 and 2.0, OGC API Features and ArcGIS REST answer, for the tests' server of features."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from land_services import Behaviour

Box = tuple[float, float, float, float]

GML = (
    'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:fes="http://www.opengis.net/fes/2.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:land="http://land.example/land"'
)
GML_1 = (
    'xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:ows="http://www.opengis.net/ows" xmlns:ogc="http://www.opengis.net/ogc" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:land="http://land.example/land"'
)
EXCEPTION = (
    '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">'
    '<ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>database is down</ows:ExceptionText>'
    "</ows:Exception></ows:ExceptionReport>"
)
ERROR = {"error": {"code": 500, "message": "database is down", "details": []}}


def _box(text: str) -> Box:
    """``xmin,ymin,xmax,ymax``; with a URN behind it north stands first, as EPSG has it."""
    a, b, c, d = (float(part) for part in text.split(",")[:4])
    return (b, a, d, c) if "urn:" in text else (a, b, c, d)


def wfs(land: Behaviour, query: dict[str, str], here: str) -> str:
    second = query.get("version", "2.0.0").startswith("2")
    request = query.get("request", "")
    if request == "GetCapabilities":
        return _capabilities(land, here, second)
    if request == "DescribeFeatureType":
        return _schema(second)
    matching = land.within(_wfs_box(query))
    hits = query.get("resulttype") == "hits"
    count = query.get("count") or query.get("maxfeatures")
    sent = [] if hits else land.page(matching, int(query.get("startindex", "0")), int(count) if count else None)
    stated = land.stated(len(matching))
    shown = stated if second or hits else str(len(sent))
    members = "".join(_feature(land, i) for i in sent)
    if second:
        matched = f' numberMatched="{shown}"' if shown else ""
        members = members.replace("<land:pbf ", "<wfs:member><land:pbf ").replace(
            "</land:pbf>", "</land:pbf></wfs:member>"
        )
        head = f'{GML} timeStamp="2026-01-01T00:00:00Z" numberReturned="{len(sent)}"{matched}'
        return f"<wfs:FeatureCollection {head}>{members}</wfs:FeatureCollection>"
    matched = f' numberOfFeatures="{shown}"' if shown and shown.isdigit() else ""
    members = f"<gml:featureMembers>{members}</gml:featureMembers>"
    return f"<wfs:FeatureCollection {GML_1}{matched}>{members}</wfs:FeatureCollection>"


def _wfs_box(query: dict[str, str]) -> Box | None:
    """The box of BBOX, or of a filter with an envelope."""
    if "bbox" in query:
        return _box(query["bbox"])
    corners = re.findall(r"(?:Corner|coordinates)>([^<]+)<", query.get("filter", ""))
    return _box(",".join(re.split(r"[\s,]+", " ".join(corners))) + ",urn:") if corners else None


def _feature(land: Behaviour, i: int) -> str:
    x0, y0, x1, y1 = land.boxes[i]
    name = "EPSG::4526"
    points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    positions = " ".join(f"{y} {x}" for x, y in points)
    return (
        f'<land:pbf gml:id="pbf.{i + 1}"><land:DLBM>0101</land:DLBM><land:shape>'
        f'<gml:Polygon srsName="urn:ogc:def:crs:{name}" gml:id="g{i + 1}"><gml:exterior><gml:LinearRing><gml:posList>'
        f"{positions}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></land:shape></land:pbf>"
    )


def _capabilities(land: Behaviour, here: str, second: bool) -> str:
    namespaces, version, crs = (GML, "2.0.0", "DefaultCRS") if second else (GML_1, "1.1.0", "DefaultSRS")
    values = "<ows:Value>results</ows:Value><ows:Value>hits</ows:Value>"
    values = f"<ows:AllowedValues>{values}</ows:AllowedValues>" if second else values
    more = {"GetFeature": f'<ows:Parameter name="resultType">{values}</ows:Parameter>'}
    paging = ""
    if second:
        more["GetFeature"] += _constraint("CountDefault", land.limit) if land.limit else ""
        paging = _constraint("ImplementsResultPaging", str(land.pages).upper())
    operations = "".join(
        f'<ows:Operation name="{name}"><ows:DCP><ows:HTTP><ows:Get xlink:href="{here}/wfs?"/></ows:HTTP></ows:DCP>'
        f"{more.get(name, '')}</ows:Operation>"
        for name in ("GetCapabilities", "DescribeFeatureType", "GetFeature")
    )
    spatial = _constraint("ImplementsMinSpatialFilter", "TRUE").replace("ows:Constraint", "fes:Constraint")
    filters = f"<fes:Filter_Capabilities><fes:Conformance>{spatial}</fes:Conformance></fes:Filter_Capabilities>"
    return (
        f'<wfs:WFS_Capabilities {namespaces} version="{version}"><ows:OperationsMetadata>{operations}{paging}'
        "</ows:OperationsMetadata><wfs:FeatureTypeList><wfs:FeatureType><wfs:Name>land:pbf</wfs:Name>"
        f"<wfs:Title>pbf</wfs:Title><wfs:{crs}>urn:ogc:def:crs:EPSG::4526</wfs:{crs}><ows:WGS84BoundingBox>"
        "<ows:LowerCorner>113 27</ows:LowerCorner><ows:UpperCorner>114 29</ows:UpperCorner></ows:WGS84BoundingBox>"
        f"</wfs:FeatureType></wfs:FeatureTypeList>{filters if second else '<ogc:Filter_Capabilities/>'}"
        "</wfs:WFS_Capabilities>"
    )


def _constraint(name: str, value: object) -> str:
    default = f"<ows:NoValues/><ows:DefaultValue>{value}</ows:DefaultValue>"
    return f'<ows:Constraint name="{name}">{default}</ows:Constraint>'


def _schema(second: bool) -> str:
    gml, head = ("gml/3.2", "gml:AbstractFeature") if second else ("gml", "gml:_Feature")
    return (
        f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:gml="http://www.opengis.net/{gml}" '
        'xmlns:land="http://land.example/land" targetNamespace="http://land.example/land" '
        'elementFormDefault="qualified"><xsd:complexType name="pbfType"><xsd:complexContent>'
        '<xsd:extension base="gml:AbstractFeatureType"><xsd:sequence><xsd:element name="DLBM" type="xsd:string"/>'
        '<xsd:element name="shape" type="gml:SurfacePropertyType"/></xsd:sequence></xsd:extension></xsd:complexContent>'
        f'</xsd:complexType><xsd:element name="pbf" type="land:pbfType" substitutionGroup="{head}"/></xsd:schema>'
    )


def ogc_api(land: Behaviour, path: str, query: dict[str, str], here: str) -> dict[str, object]:
    root = f"{here}/oapif"
    collection = {
        "id": "pbf",
        "title": "pbf",
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [[113, 27, 114, 29]]}},
        "links": [{"rel": "items", "type": "application/geo+json", "href": f"{root}/collections/pbf/items"}],
    }
    if path.endswith("/items"):
        return _items(land, query, root)
    if path.endswith("/pbf"):
        return collection
    if path.endswith("/collections"):
        return {"collections": [collection], "links": []}
    if path.endswith("/conformance"):
        parts = ("core", "geojson")
        return {"conformsTo": [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in parts]}
    if path.endswith("/api"):
        return {"openapi": "3.0.0", "info": {"title": "land", "version": "1"}, "paths": {}}
    links = {"data": "collections", "conformance": "conformance", "service-desc": "api"}
    openapi = "application/vnd.oai.openapi+json;version=3.0"
    kinds = {"service-desc": openapi}
    return {
        "title": "land",
        "links": [
            {"rel": rel, "type": kinds.get(rel, "application/json"), "href": f"{root}/{to}"}
            for rel, to in links.items()
        ],
    }


def _items(land: Behaviour, query: dict[str, str], root: str) -> dict[str, object]:
    matching = land.within(_box(query["bbox"]) if "bbox" in query else None)
    start = int(query.get("offset", "0"))
    sent = land.page(matching, start, int(query["limit"]) if "limit" in query else None)
    answer: dict[str, object] = {
        "type": "FeatureCollection",
        "features": [_geojson(land, i) for i in sent],
        "links": [],
    }
    if (stated := land.stated(len(matching))) and stated.isdigit():
        answer["numberMatched"] = int(stated)
    answer["numberReturned"] = len(sent)
    if land.pages and start + len(sent) < len(matching):
        more = f"{root}/collections/pbf/items?" + "&".join(f"{k}={v}" for k, v in query.items() if k != "offset")
        answer["links"] = [
            {"rel": "next", "type": "application/geo+json", "href": f"{more}&offset={start + len(sent)}"}
        ]
    return answer


def _geojson(land: Behaviour, i: int) -> dict[str, object]:
    x0, y0, x1, y1 = land.boxes[i]
    ring = [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": i + 1, "properties": {"DLBM": "0101"}, "geometry": geometry}


def arcgis(land: Behaviour, path: str, query: dict[str, str]) -> dict[str, object]:
    """A layer of a feature server, or a query of it."""
    fields = [
        {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"},
        {"name": "DLBM", "type": "esriFieldTypeString", "alias": "DLBM", "length": 8},
    ]
    reference = {"wkid": 4526}
    if not path.endswith("/query"):
        corners = {"xmin": 38_000_000, "ymin": 3_000_000, "xmax": 39_000_000, "ymax": 3_200_000}
        return {
            "currentVersion": 10.81,
            "name": "pbf",
            "type": "Feature Layer",
            "geometryType": "esriGeometryPolygon",
            "objectIdField": "OBJECTID",
            "fields": fields,
            "maxRecordCount": land.limit or 100_000,
            "extent": corners | {"spatialReference": reference},
            "capabilities": "Map,Query,Data",
        }
    matching = land.within(_envelope(query["geometry"]) if query.get("geometry") else None)
    if query.get("objectids"):
        matching = [int(one) - 1 for one in query["objectids"].split(",")]
    if query.get("returncountonly") == "true":
        return {"count": len(matching)}
    if query.get("returnidsonly") == "true":
        return {"objectIdFieldName": "OBJECTID", "objectIds": [i + 1 for i in matching]}
    start, count = int(query.get("resultoffset", "0")), query.get("resultrecordcount")
    sent = land.page(matching, start, int(count) if count else None)
    answer: dict[str, object] = {
        "objectIdFieldName": "OBJECTID",
        "geometryType": "esriGeometryPolygon",
        "spatialReference": reference,
        "fields": fields,
        "features": [_esri(land, i) for i in sent],
    }
    if start + len(sent) < len(matching):
        answer["exceededTransferLimit"] = True
    return answer


def _envelope(text: str) -> Box:
    if text.startswith("{"):
        given = json.loads(text)
        return (given["xmin"], given["ymin"], given["xmax"], given["ymax"])
    return _box(text)


def _esri(land: Behaviour, i: int) -> dict[str, object]:
    x0, y0, x1, y1 = land.boxes[i]
    ring = [[x0, y0], [x0, y1], [x1, y1], [x1, y0], [x0, y0]]
    return {"attributes": {"OBJECTID": i + 1, "DLBM": "0101"}, "geometry": {"rings": [ring]}}
