# SPDX-License-Identifier: GPL-2.0-or-later
"""Every refusal is problem+json (RFC 9457) with our code, worded in both languages by the one table."""

from __future__ import annotations

import logging

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg_pool import PoolTimeout
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sync.protocol import PROBLEM_MEDIA_TYPE, wire_problem

_LOG = logging.getLogger("datacenter")
_OF_STATUS = {
    401: "E-CENTRE-SIGNIN",
    403: "E-CENTRE-RIGHTS",
    404: "E-CENTRE-GONE",
    405: "E-CENTRE-REQUEST",
    413: "E-CENTRE-SIZE",
}


class Refusal(Exception):  # noqa: N818 - no error of the program
    """A request that is answered with a problem. ``facts`` are fields of ``WireProblem``."""

    def __init__(
        self, status: int, code: str, reason: Text | str | None = None, *, retry_s: int = 0, **facts: object
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.reason = Text.same(reason) if isinstance(reason, str) else reason
        self.retry_s = retry_s
        self.facts = facts


def answer(refusal: Refusal) -> Response:
    """The refusal as a response; fields without a value are left out."""
    problem = wire_problem(refusal.code, refusal.status, refusal.reason, **refusal.facts)
    headers = {"Retry-After": str(refusal.retry_s)} if refusal.retry_s else {}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    body = problem.model_dump_json(exclude_none=True).encode()
    return Response(body, refusal.status, headers, PROBLEM_MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer what is foreseen with a problem; the rest reaches ``middleware.Guard``."""
    for kind in (
        Refusal,
        LandReviewError,
        HTTPException,
        RequestValidationError,
        ValidationError,
        RecursionError,
        UnicodeError,
        psycopg.Error,
        PoolTimeout,
    ):
        app.add_exception_handler(kind, _answer_any)


async def _answer_any(request: Request, error: Exception) -> Response:
    number = str(request.scope.get("landreview.request", ""))
    refusal = refusal_of(error, number)
    if refusal.status >= 500:
        _LOG.error("%s", refusal.code, exc_info=error, extra={"request": number})
    return answer(refusal)


def refusal_of(error: Exception, number: str) -> Refusal:
    """What an exception means to the one who asked; the unforeseen is E-CENTRE-INTERNAL with the request's number."""
    match error:
        case Refusal():
            return error
        case LandReviewError():
            return Refusal(422, error.code, error.detail)
        case RequestValidationError() | ValidationError():
            return Refusal(422, "E-CENTRE-REQUEST", _where(error))
        case HTTPException():
            return Refusal(error.status_code, _OF_STATUS.get(error.status_code, "E-CENTRE-REQUEST"), str(error.detail))
        case psycopg.DataError() | RecursionError() | UnicodeError():
            return Refusal(422, "E-CENTRE-REQUEST", type(error).__name__)
        case psycopg.OperationalError() | PoolTimeout() | psycopg.errors.InvalidTransactionState():
            return Refusal(503, "E-CENTRE-BUSY", retry_s=2)
        case _:
            return Refusal(500, "E-CENTRE-INTERNAL", number)


def _where(error: RequestValidationError | ValidationError) -> str:
    """Place and reason of the first five flaws; what was sent is not repeated."""
    flaws = error.errors()[:5]
    return "; ".join(f"{'.'.join(str(part)[:60] for part in flaw['loc'])}: {flaw['msg']}" for flaw in flaws)[:1000]
