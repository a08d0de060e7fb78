# SPDX-License-Identifier: GPL-2.0-or-later
"""Logs are lines of JSON on standard error: whatever runs the service collects them."""

from __future__ import annotations

import datetime as dt
import json
import logging
import logging.config
from typing import Any

_FACTS = ("request", "method", "route", "path", "status", "seconds", "person", "peer")


class JsonLines(logging.Formatter):
    """One object a line; a traceback is one of its texts."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        facts: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name}
        facts["message"] = record.getMessage()
        facts |= {name: getattr(record, name) for name in _FACTS if hasattr(record, name)}
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return json.dumps(facts, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """JSON lines for the service, its server and its libraries."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": f"{__name__}.JsonLines"}},
            "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"level": level, "handlers": ["err"]},
            "loggers": {"uvicorn.access": {"level": "WARNING"}, "psycopg.pool": {"level": "ERROR"}},
        }
    )
