# SPDX-License-Identifier: GPL-2.0-or-later
"""A case's land reviewed by ``core.review``, in a process of its own.

``python -m datacenter.services.review_child`` reads one :class:`Order` as JSON from standard input, writes the sealed
result where it is told to, and answers with one :class:`Done` or :class:`Refused`. It opens no connection.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

from osgeo import gdal
from pydantic import BaseModel, ConfigDict, Field

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.catalogue import Catalogue, CatalogueEntry
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError, Problem
from landreview_plugin.core.profile import load_profile
from landreview_plugin.core.review import review
from landreview_plugin.core.rules.load import builtin_pack
from landreview_plugin.sources.catalogue import CatalogueBinder
from landreview_plugin.sources.versions import versions
from landreview_plugin.sync.protocol import Parcels
from landreview_plugin.sync.wkt import parcel_of_wkt

from .layer_features import write_cut

_AREA = "xzq"
"""Administrative units: as far as they reach, a layer of the same office says "none" by silence."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LayerFile(_Model):
    """A version of a reference layer, in force at the reference date or (``later``) not yet."""

    key: str
    code: str
    data_date: dt.date
    unit_field: str
    source: Path


class Order(_Model):
    """What to review by what. ``folder`` has the parts ``case.json``, ``parcels.json``, perhaps ``register.json``."""

    folder: Path
    county: str
    reference_date: dt.date
    profile: str
    pack: str = ""
    """Empty: the profile's."""
    layers: tuple[LayerFile, ...]


class LayerState(_Model):
    """What became of a layer that the rules asked for."""

    key: str
    state: str
    data_date: dt.date | None
    source: str


class Done(_Model):
    """A sealed result stands in ``result.json``."""

    verdict: str
    digest: str
    pack: str
    pack_version: str
    layers: tuple[LayerState, ...]


class Refused(_Model):
    """Why there is no result."""

    code: str
    detail: Text | None = None


class _HandIn(BaseModel):
    """Of the register: where the parcels came from."""

    source: str = ""
    sha256: str = ""
    crs: Crs
    problems: tuple[Problem, ...] = Field(default=())


def reviewed(order: Order) -> Done:
    """Review, write ``result.json``, tell the result in short. Raises as ``core.review`` does."""
    cover = CaseFile.model_validate_json((order.folder / "case.json").read_bytes())
    reading = reading_of(order.folder)
    if reading.crs is None:
        raise LandReviewError("E-CRS-NONE")
    for problem in reading.errors:
        raise LandReviewError(problem.code, detail=problem.reason, place=problem.place)
    profile = load_profile(order.profile)
    binder = CatalogueBinder(catalogue_of(order), order.folder, reading.crs, order.reference_date)
    pack = builtin_pack(order.pack or profile.rule_pack)
    case = Case(
        number=cover.number,
        business_type=cover.business_type,
        reference_date=order.reference_date,
        project=cover.project,
        applicant=cover.applicant,
        jurisdiction=cover.jurisdiction or order.county,
        answers=cover.answers,
    )
    result = review(case, reading, pack, profile, binder, versions=versions()).result
    (order.folder / "result.json").write_text(result.model_dump_json(by_alias=True), encoding="utf-8")
    used = tuple(
        LayerState(key=use.key, state=use.state, data_date=use.data_date, source=use.source)
        for use in result.provenance.layers
    )
    facts = {"verdict": result.verdict.value, "digest": result.digest, "layers": used}
    return Done.model_validate({**facts, "pack": result.provenance.pack, "pack_version": pack.version})


def reading_of(folder: Path) -> ParcelReading:
    """The parcels of a package as the office read them."""
    parcels = Parcels.model_validate_json((folder / "parcels.json").read_bytes())
    register = folder / "register.json"
    told = json.loads(register.read_bytes()).get("hand_in") if register.is_file() else None
    hand_in = _HandIn.model_validate(told) if told else _HandIn(crs=_crs(parcels.epsg))
    made = tuple(
        Parcel.model_validate({**part.facts, "number": part.number, "geometry": parcel_of_wkt(part.wkt)})
        for part in parcels.parcels
    )
    return ParcelReading(
        source=hand_in.source, sha256=hand_in.sha256, crs=hand_in.crs, problems=hand_in.problems, parcels=made
    )


def _crs(epsg: int) -> Crs:
    crs = crs_from_epsg(epsg)
    assert crs is not None  # verified on arrival
    return crs


def catalogue_of(order: Order) -> Catalogue:
    """Every version in sight of the county; core says which one counts, and why one does not."""
    areas = [each for each in order.layers if each.key == _AREA and each.data_date <= order.reference_date]
    return Catalogue(
        jurisdiction=order.county,
        layers=tuple(
            CatalogueEntry(
                key=each.key,
                source=f"{each.source.name}|layername={each.key}",
                data_date=each.data_date,
                coverage=_coverage(each, areas, order),
            )
            for each in order.layers
        ),
    )


def _coverage(layer: LayerFile, areas: list[LayerFile], order: Order) -> str:
    """The units of the layer's own office, or those of the county out of an office's above. Else none is declared."""
    fitting = [area for area in areas if area.code.startswith(layer.code)]
    if fitting:
        return f"{max(fitting, key=lambda area: area.code).source.name}|layername={_AREA}"
    above = [area for area in areas if layer.code.startswith(area.code) and area.unit_field]
    if not above:
        return ""
    area = max(above, key=lambda each: each.code)
    target = order.folder / f"{_AREA}.{area.code}.in.{layer.code}.gpkg"
    if not target.exists():
        write_cut(area.source, {"code": area.code, "unit_field": area.unit_field}, layer.code, target)
    return f"{target.name}|layername={_AREA}"


def main() -> None:
    """One order, one answer."""
    gdal.UseExceptions()
    order = Order.model_validate_json(sys.stdin.buffer.read())
    try:
        answer: BaseModel = reviewed(order)
    except LandReviewError as error:
        answer = Refused(code=error.code, detail=error.detail)
    sys.stdout.buffer.write(answer.model_dump_json().encode())


if __name__ == "__main__":
    main()
