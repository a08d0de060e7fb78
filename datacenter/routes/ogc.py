# SPDX-License-Identifier: GPL-2.0-or-later
"""OGC API Features: what QGIS's own client reads. Every answer shows what the signed-in office may see."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response

from ..ogc import documents, html, rows
from ..ogc.documents import Collection
from ..ogc.query import asked
from ..problems import Refusal
from ..services.centre import Centre
from ..services.people import Person
from ..storage import layer_rows
from ..storage.database import Connection
from .common import CentreNow, Signed, parts_of, problems

router = APIRouter(prefix="/ogc", tags=["OGC API Features"])
Name = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,30}$", description="parcels, or a key of layers.csv")]
Key = Annotated[str, Path(pattern=r"^[0-9a-f-]{1,40}\.[0-9]{1,18}$", description="id of a feature")]
Format = Annotated[str, Query(pattern="^(json|html)?$", description="json or html; else by Accept")]
_KEY = re.compile(r"(.+)\.([0-9]+)")
_ITEMS: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "required": False, "schema": {"type": kind}, "description": about}
        for name, kind, about in (
            ("bbox", "string", "four or six numbers, separated by commas"),
            ("bbox-crs", "string", "system of bbox; CRS84 without it"),
            ("crs", "string", "system of the answer; CRS84 without it"),
            ("datetime", "string", "a day or an interval: 2026-01-01/.."),
            ("limit", "integer", "features a page"),
        )
    ]
}


@router.get("", response_model=None, responses=problems(401, 403, 422))
async def landing(request: Request, person: Signed, f: Format = "") -> Response:
    """The landing page."""
    person.may("read")
    document = documents.landing(_base(request))
    return _answer(request, f, document, "LandReview", [html.links(document["links"])])


@router.get("/conformance", response_model=None, responses=problems(401, 403, 422))
async def conformance(request: Request, person: Signed, f: Format = "") -> Response:
    """The classes of the standard that hold."""
    person.may("read")
    document = {"conformsTo": list(documents.CONFORMANCE)}
    return _answer(request, f, document, "Conformance", [f"<p>{uri}</p>" for uri in documents.CONFORMANCE])


@router.get("/collections", response_model=None, responses=problems(401, 403, 422))
async def collections(request: Request, centre: CentreNow, person: Signed, f: Format = "") -> Response:
    """What can be read."""
    document = documents.collection_list(_base(request), await _collections(centre, person))
    parts = [html.links([each["links"][2] for each in document["collections"]])]
    return _answer(request, f, document, "Collections", parts)


@router.get("/collections/{name}", response_model=None, responses=problems(401, 403, 404, 422))
async def collection(request: Request, name: Name, centre: CentreNow, person: Signed, f: Format = "") -> Response:
    """One collection with its extent."""
    async with _collection(centre, person, name) as (connection, found):
        found = replace(found, extent=await rows.extent(connection, name))
    document = documents.collection(_base(request), found)
    return _answer(request, f, document, found.title, [html.links(document["links"])])


@router.get(
    "/collections/{name}/items", response_model=None, responses=problems(400, 401, 403, 404, 422), openapi_extra=_ITEMS
)
async def items(request: Request, name: Name, centre: CentreNow, person: Signed) -> Response:
    """A page of features, and a link to the next one."""
    query = _single(request)
    async with _collection(centre, person, name) as (connection, found):
        given = asked(query, found.fields)
        page = await rows.items(connection, name, given)
    links = documents.page_links(_base(request), name, query, page, given)
    features = [documents.feature(item) for item in page[: given.limit]]
    headers = {"Content-Crs": f"<{given.crs.uri}>"}
    if _is_html(request, query.get("f", "")):
        return _html(found.title, [html.links(links), html.items_table(features)])
    whole = f',"numberMatched":{len(features)}' if len(page) <= given.limit and given.after is None else ""
    body = (
        f'{{"type":"FeatureCollection","numberReturned":{len(features)}{whole},"links":{_json(links)},'
        f'"features":[{",".join(features)}]}}'
    )
    return Response(body.encode(), headers=headers, media_type="application/geo+json")


@router.get("/collections/{name}/items/{key}", response_model=None, responses=problems(400, 401, 403, 404, 422))
async def item(request: Request, name: Name, key: Key, centre: CentreNow, person: Signed) -> Response:
    """One feature."""
    query = {k: v for k, v in _single(request).items() if k in ("crs", "f")}
    group, number = _KEY.fullmatch(key).groups()  # type: ignore[union-attr]  # the route's own pattern
    async with _collection(centre, person, name) as (connection, found):
        given = asked(query, found.fields)
        one = await rows.item(connection, name, (group, int(number)), given)
    if one is None:
        raise Refusal(404, "E-CENTRE-GONE")
    text = documents.feature(one)
    path = f"{_base(request)}/ogc/collections/{name}"
    links = [
        {"href": f"{path}/items/{key}", "rel": "self", "type": "application/geo+json", "title": "this feature"},
        {"href": path, "rel": "collection", "type": "application/json", "title": found.title},
    ]
    if _is_html(request, request.query_params.get("f", "")):
        return _html(found.title, [html.links(links), html.items_table([text])])
    body = f'{text[:-1]},"links":{_json(links)}}}'
    headers = {"Content-Crs": f"<{given.crs.uri}>"}
    return Response(body.encode(), headers=headers, media_type="application/geo+json")


async def _collections(centre: Centre, person: Person) -> list[Collection]:
    person.may("read")
    async with centre.database.office(person.office) as connection:
        return documents.collections_of(await layer_rows.all_newest(connection))


@asynccontextmanager
async def _collection(centre: Centre, person: Person, name: str) -> AsyncIterator[tuple[Connection, Collection]]:
    """A transaction, and the collection that it sees. The parcels are there for everybody: nothing is looked up."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        if name == documents.PARCELS.id:
            yield connection, documents.PARCELS
            return
        found = documents.collections_of(await layer_rows.newest_of(connection, name))
        if found[-1].id != name:
            raise Refusal(404, "E-CENTRE-GONE")
        yield connection, found[-1]


def _single(request: Request) -> dict[str, str]:
    """The query, each name once."""
    pairs = request.query_params.multi_items()
    if len({name for name, _ in pairs}) != len(pairs):
        raise Refusal(400, "E-CENTRE-REQUEST", "a parameter is doubled")
    return dict(pairs)


def _base(request: Request) -> str:
    """The service's address as the client wrote it; behind the configured proxy with the scheme that it names."""
    url = request.base_url
    centre = parts_of(request)
    peer = request.client.host if request.client else ""
    scheme = request.headers.get("x-forwarded-proto", "")
    if centre.settings.proxy and peer == centre.settings.proxy and scheme in ("http", "https"):
        url = url.replace(scheme=scheme)
    return str(url).rstrip("/")


def _is_html(request: Request, wanted: str) -> bool:
    return wanted == "html" or (wanted == "" and "text/html" in request.headers.get("accept", ""))


def _answer(request: Request, wanted: str, document: documents.Document, title: str, parts: list[str]) -> Response:
    return _html(title, parts) if _is_html(request, wanted) else JSONResponse(document)


def _html(title: str, parts: list[str]) -> Response:
    headers = {"Content-Security-Policy": html.POLICY}
    return Response(html.page(title, parts).encode(), headers=headers, media_type="text/html; charset=utf-8")


def _json(value: object) -> str:
    return bytes(JSONResponse(value).body).decode()
