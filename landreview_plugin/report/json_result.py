# SPDX-License-Identifier: GPL-2.0-or-later
"""``result.json``: the result as other people's scripts read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..core.files import write_text
from ..core.model.problems import LandReviewError, Place
from ..core.model.result import ReviewResult

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def to_json(result: ReviewResult) -> str:
    """The result as JSON text: keys in the order of the models, free keys sorted, indented by 2."""
    data = _plain(result)
    for owner, key in (("case", "answers"), ("provenance", "tolerances"), ("provenance", "versions")):
        data[owner][key] = dict(sorted(data[owner][key].items()))
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(result: ReviewResult) -> dict[str, Any]:
    """The result as plain values, long lists part by part: one call for all would hold up every other thread."""
    lists = {name: getattr(result, name) for name in ("findings", "areas", "uncovered", "quality")}
    rest = result.model_copy(update=dict.fromkeys(lists, ()))
    data: dict[str, Any] = rest.model_dump(mode="json", by_alias=True)
    return data | {
        name: [part.model_dump(mode="json", by_alias=True) for part in parts] for name, parts in lists.items()
    }


def write_json(result: ReviewResult, path: Path) -> None:
    """Write ``result.json`` in UTF-8, whole or not at all. Raises E-ENV-WRITE."""
    write_text(path, to_json(result))


def read_json(path: Path) -> ReviewResult:
    """Read a ``result.json``; geometries are not in it and come back as None.

    Raises LandReviewError E-SRC-MISSING without the file, E-SRC-CORRUPT where it is no JSON or does
    not keep to the schema, with the line or the key.
    """
    place = Place(file=str(path))
    try:
        return ReviewResult.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise LandReviewError("E-SRC-MISSING", place=place) from error
    except OSError as error:
        raise LandReviewError("E-SRC-CORRUPT", detail=error.strerror or str(error), place=place) from error
    except ValidationError as error:
        raise LandReviewError("E-SRC-CORRUPT", detail=_first(error), place=place) from error


def _first(error: ValidationError) -> str:
    """The first flaw that pydantic names, as ``key.path: reason``."""
    flaw = error.errors(include_url=False, include_input=False)[0]
    keys = ".".join(str(part) for part in flaw["loc"])
    return f"{keys}: {flaw['msg']}" if keys else str(flaw["msg"])


def result_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of ``result.json``, from the models; published as ``docs/result.schema.json``."""
    schema = ReviewResult.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": SCHEMA_ID} | schema
