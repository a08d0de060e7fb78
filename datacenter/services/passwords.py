# SPDX-License-Identifier: GPL-2.0-or-later
"""Passwords and tokens. Neither is stored: passwords by argon2id, tokens by their hash."""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's least for argon2id: 18 ms a check; the library's default takes 100 and would be an easy way to load us."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe())
MIN_PASSWORD = 12


def password_hash(password: str) -> str:
    """What is stored of a password."""
    return _HASHER.hash(password)


def password_holds(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; None (no such person) takes as long and is never right."""
    try:
        return _HASHER.verify(stored or _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a token: it is random, so a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
