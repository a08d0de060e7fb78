# SPDX-License-Identifier: GPL-2.0-or-later
"""Canonical JSON (RFC 8785): one value, one text, whoever writes it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

MAX_SAFE_INTEGER = 2**53 - 1


def canonical(value: object) -> str:
    """The canonical JSON text of plain data. Raises ValueError for what JSON can't hold (NaN, infinity, bytes)."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > MAX_SAFE_INTEGER:
            raise ValueError(f"{value} is not exact in every reader of JSON")
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return f"[{','.join(canonical(item) for item in value)}]"
    raise ValueError(f"{type(value).__name__} is no JSON value")


def _object(value: Mapping[object, object]) -> str:
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        raise ValueError("keys must be text")
    # RFC 8785 3.2.3: by UTF-16 code units, not by code points
    ordered = sorted(keys, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{canonical(value[key])}" for key in ordered) + "}"


def _number(value: float) -> str:
    """ECMAScript's shortest form (RFC 8785 3.2.2.3)."""
    if not math.isfinite(value):
        raise ValueError("NaN and infinity are no JSON numbers")
    if value == 0:
        return "0"
    sign, digits, point = _shortest(value)
    count = len(digits)
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        mantissa = digits[0] + (f".{digits[1:]}" if count > 1 else "")
        text = f"{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + text


def _shortest(value: float) -> tuple[str, str, int]:
    """Sign, shortest digits, and where the decimal point stands after the first of them."""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" and not exponent else fraction
    digits = (whole + fraction).lstrip("0")
    leading = len(whole + fraction) - len(digits)
    point = len(whole) - leading + int(exponent or 0)
    return ("-" if value < 0 else "", digits.rstrip("0") or "0", point)
