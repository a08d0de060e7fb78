# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole OpenAPI by schemathesis: what it allows and what it forbids is answered, and never with a 500."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import requests
from datacenter_service import Client
from hypothesis import HealthCheck, given, settings

from datacenter.app import create_app
from datacenter.settings import from_environment
from landreview_plugin.sync import protocol as wire

schemathesis = pytest.importorskip("schemathesis", reason="requirements/datacenter-test.txt is not installed")

As = Callable[[str, str], Client]
EXAMPLES = 200 if os.environ.get("LANDREVIEW_LONG") else 8
_DOCUMENT = create_app(from_environment({"LANDREVIEW_BLOBS": "build/none"})).openapi()
_SCHEMA = schemathesis.openapi.from_dict(_DOCUMENT)
OPERATIONS = [operation.ok() for operation in _SCHEMA.get_all_operations()]
ROLES = {"/v1/people": "administrator", "/v1/people/{name}": "administrator", "/v1/audit": "auditor"}
SKIPPED = {"/v1/sign-out"}
"""It would end the sign-in that the other examples need."""


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.path not in SKIPPED], ids=lambda one: f"{one.method} {one.path}"
)
def test_nothing_that_the_openapi_allows_or_forbids_makes_a_500(as_: As, operation: Any) -> None:
    client = as_(ROLES.get(operation.path, "leader"), "430998")
    fits = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    takes_something = operation.body or operation.query or operation.path_parameters or operation.headers
    fails = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE) if takes_something else fits
    slow = (HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=slow, database=None)
    @given(case=fits | fails)
    def run(case: Any) -> None:
        request = case.as_transport_kwargs(base_url=client.base)
        request["headers"] = {**(request.get("headers") or {}), "Authorization": client.http.headers["Authorization"]}
        if isinstance(request.get("params"), dict):
            request["params"].pop("wait", None)
        try:
            answer = requests.request(**request, timeout=20)
        except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError):
            return  # the client itself refuses to send it
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == wire.PROBLEM_MEDIA_TYPE, answer.text
            wire.WireProblem.model_validate_json(answer.content)

    run()
