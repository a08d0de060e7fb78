# SPDX-License-Identifier: GPL-2.0-or-later
"""Name and password become a token of the centre; the token is renewed when the centre no longer takes it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from .http import Http, Line, RefusedError
from .protocol import Refresh, Session, SignIn


class Tokens:
    """Sign-in headers from a name and a password; neither is ever written anywhere."""

    def __init__(self, line: Line, user: str, password: str) -> None:
        """``line`` without a sign-in of its own."""
        self._line, self._user, self._password = line, user, password
        self._session: Session | None = None

    def __call__(self, *, renew: bool = False) -> Mapping[str, str]:
        """``Authorization`` with a token; raises ``LineError``, or ``RefusedError`` for a wrong password."""
        if self._session is None or renew:
            self._session = self._signed_in()
        return {"Authorization": f"Bearer {self._session.access}"}

    def _signed_in(self) -> Session:
        http = Http(self._line)
        try:
            if self._session is not None:
                body = Refresh(refresh=self._session.refresh).model_dump_json().encode("utf-8")
                self._session = None
                try:
                    return Session.model_validate_json(http.once("POST", "/v1/refresh", body).body)
                except RefusedError:
                    pass  # it has expired, too, or its answer was lost on the way: sign in again
            body = SignIn(user=self._user, password=self._password).model_dump_json().encode("utf-8")
            return Session.model_validate_json(http.once("POST", "/v1/sign-in", body).body)
        finally:
            http.close()


class Given:
    """Sign-in headers that somebody else made: a fixed header, or an OAuth2 token that QGIS keeps fresh."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = dict(headers)

    def __call__(self, *, renew: bool = False) -> Mapping[str, str]:
        """The headers as they were given."""
        return self._headers


def signed_in(server: str, headers: Mapping[str, str], **reach: Any) -> Line:
    """The line to a centre: name and password of a Basic sign-in become a token, any other header goes as it is.

    Raises E-SYNC-ADDRESS.
    """
    known = basic_credentials(headers)
    return Line(server, Tokens(Line(server, **reach), *known) if known else Given(headers), **reach)


def basic_credentials(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """Name and password of a Basic ``Authorization`` header (RFC 7617); None for any other."""
    kind, _, value = headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None
