# SPDX-License-Identifier: GPL-2.0-or-later
"""Offices by their jurisdiction code: which is which, and who stands above whom (GB/T 2260)."""

from __future__ import annotations

_LENGTHS = (2, 4, 6, 9)
"""Province, prefecture, county, township."""


def office_code(code: object) -> object:
    """``430000`` → ``43``, ``430900`` → ``4309``: then a child's code begins with its parent's."""
    if isinstance(code, str) and len(code) == 6 and code.endswith("00"):
        return code[:2] if code.endswith("0000") else code[:4]
    return code


def same_office(one: str, other: str) -> bool:
    """Whether two codes mean the same office, with or without trailing zeros."""
    return office_code(one) == office_code(other)


def office_above(code: str) -> str:
    """The office that a case goes to from ``code``; empty for the province, which has none above."""
    short = str(office_code(code))
    return next((short[:length] for length in reversed(_LENGTHS) if length < len(short)), "")
