# SPDX-License-Identifier: GPL-2.0-or-later
"""The service's description of itself, with the bodies that routes read by themselves."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from landreview_plugin.sync.protocol import PROBLEM_MEDIA_TYPE

_TEMPLATE = "#/components/schemas/Sent{model}"
_described: dict[str, type[BaseModel]] = {}


def body_schema(model: type[BaseModel]) -> dict[str, Any]:
    """A route's ``openapi_extra`` for a body that is read by ``model``."""
    _described[model.__name__] = model
    reference = {"$ref": _TEMPLATE.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": reference}}}}


def install(app: FastAPI) -> None:
    """Describe requests beside answers: the same model has other rules in each direction."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, routes=app.routes)
            _, sent = models_json_schema(
                [(model, "validation") for model in _described.values()], ref_template=_TEMPLATE
            )
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            _only_problems(document)
            schemas |= {f"Sent{name}": schema for name, schema in sent["$defs"].items()}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's documented way


def _only_problems(document: dict[str, Any]) -> None:
    """A refusal has one form; FastAPI would offer plain JSON, too."""
    for path in document["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                if PROBLEM_MEDIA_TYPE in answer.get("content", {}):
                    answer["content"].pop("application/json", None)
