# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers: publish a version, list versions, take a file or the delta to it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from landreview_plugin.sync.layer_protocol import LayerList, LayerManifest, LayerUpload
from landreview_plugin.sync.protocol import Code

from ..openapi import body_schema
from ..services.audit import Entry, record
from ..services.centre import Centre
from ..services.layers import LayerFile
from ..services.people import Person
from ..storage import layer_rows
from .common import CentreNow, Signed, address_of, body_of, problems
from .ranges import file_answer

router = APIRouter(prefix="/v1/layers", tags=["layers"])
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,30}$", description="key of layers.csv, such as pbf")]
Owner = Annotated[Code, Path(description="jurisdiction that the layer belongs to, such as 430998")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_BYTES = {"content": {"application/octet-stream": {}}, "description": "the bytes; Range resumes"}
_FILE: dict[int | str, dict[str, Any]] = {200: _BYTES}


@router.get("", responses=problems(401, 403))
async def layers(centre: CentreNow, person: Signed) -> LayerList:
    """The layers that this office may see, each in its version in force."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await layer_rows.all_newest(connection)
    return LayerList(layers=tuple(layer_rows.manifest(row) for row in found))


@router.post(
    "/{layer}/{code}",
    responses=problems(401, 403, 404, 409, 422),
    openapi_extra=body_schema(LayerUpload),
)
async def publish(
    layer: Key,
    code: Owner,
    centre: CentreNow,
    person: Signed,
    given: Annotated[LayerUpload, Depends(body_of(LayerUpload))],
) -> LayerManifest:
    """Make a GeoPackage that was sent before the next version. The same again gives the same answer."""
    return await centre.layers.publish(person, layer, code, given)


@router.get("/{layer}/{code}", responses=problems(401, 403, 422))
async def versions(layer: Key, code: Owner, centre: CentreNow, person: Signed) -> LayerList:
    """All versions of a layer, the newest first; none where there is none in sight."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await layer_rows.versions(connection, layer, code)
    return LayerList(layers=tuple(layer_rows.manifest(row) for row in found))


@router.get("/{layer}/{code}/newest", responses=problems(401, 403, 404, 422))
async def newest(layer: Key, code: Owner, centre: CentreNow, person: Signed) -> LayerManifest:
    """The version in force as this office gets it: of a layer of an office above, its own part."""
    return layer_rows.manifest(await centre.layers.version(person, layer, code, None))


@router.get("/{layer}/{code}/{number}", responses=problems(401, 403, 404, 422))
async def version(layer: Key, code: Owner, number: Number, centre: CentreNow, person: Signed) -> LayerManifest:
    """Any version, likewise."""
    return layer_rows.manifest(await centre.layers.version(person, layer, code, number))


@router.get("/{layer}/{code}/{number}/file", response_model=None, responses={**_FILE, **problems(401, 403, 404, 422)})
async def file(
    request: Request, layer: Key, code: Owner, number: Number, centre: CentreNow, person: Signed
) -> Response:
    """The GeoPackage of a version."""
    row = await centre.layers.version(person, layer, code, number)
    return await _sent(request, centre, person, centre.layers.file(row, delta=False))


@router.get("/{layer}/{code}/{number}/delta", response_model=None, responses={**_FILE, **problems(401, 403, 404, 422)})
async def delta(
    request: Request, layer: Key, code: Owner, number: Number, centre: CentreNow, person: Signed
) -> Response:
    """What leads to a version from the one before it."""
    row = await centre.layers.version(person, layer, code, number)
    return await _sent(request, centre, person, centre.layers.file(row, delta=True))


async def _sent(request: Request, centre: Centre, person: Person, sent: LayerFile) -> Response:
    """A file with its hash; the download stands in the audit log."""
    async with centre.database.office(person.office) as connection:
        where = address_of(request, centre)
        await record(connection, Entry(person.name, person.office, "download", sent.sha256, where))
    return await file_answer(sent.path, sent.sha256, request.headers.get("range", ""))
