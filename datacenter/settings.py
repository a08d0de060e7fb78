# SPDX-License-Identifier: GPL-2.0-or-later
"""Everything that differs from one installation to the next, read from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from landreview_plugin.core.model.problems import LandReviewError

_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)|(?<=password=)\S+")


def _set(name: str, default: object, about: str) -> dict[str, object]:
    return {"name": name, "default": default, "about": about}


@dataclass(frozen=True, slots=True)
class Settings:
    """One value a variable of the environment; :func:`printed` shows them all."""

    database_url: str = field(metadata=_set("DATABASE_URL", "", "where the service's own role signs in"))
    admin_url: str = field(
        metadata=_set("LANDREVIEW_ADMIN_URL", "", "a superuser, for migrate, backup and restore only; never for serve")
    )
    blobs: Path = field(metadata=_set("LANDREVIEW_BLOBS", "", "folder of the files; on one file system"))
    host: str = field(metadata=_set("LANDREVIEW_HOST", "127.0.0.1", "address to listen on"))
    port: int = field(metadata=_set("LANDREVIEW_PORT", 8430, "port to listen on"))
    workers: int = field(metadata=_set("LANDREVIEW_WORKERS", 1, "processes; one a core"))
    centre: str = field(metadata=_set("LANDREVIEW_CENTRE", "43", "code of the office that runs the centre"))
    profile: str = field(metadata=_set("LANDREVIEW_PROFILE", "hunan", "built-in profile of reviews by the centre"))
    pool: int = field(metadata=_set("LANDREVIEW_POOL", 10, "database connections a process"))
    access_hours: float = field(metadata=_set("LANDREVIEW_ACCESS_HOURS", 12.0, "life of a sign-in"))
    refresh_days: float = field(metadata=_set("LANDREVIEW_REFRESH_DAYS", 14.0, "life of a refresh token"))
    attempts: int = field(metadata=_set("LANDREVIEW_ATTEMPTS", 10, "failed sign-ins a name and 15 minutes"))
    rate: float = field(metadata=_set("LANDREVIEW_RATE", 100.0, "requests a second, person and process"))
    poll_seconds: float = field(metadata=_set("LANDREVIEW_POLL_SECONDS", 0.25, "how often a waiting feed looks"))
    wait_seconds: float = field(metadata=_set("LANDREVIEW_WAIT_SECONDS", 30.0, "the longest wait of a feed request"))
    body_seconds: float = field(metadata=_set("LANDREVIEW_BODY_SECONDS", 30.0, "time that a request's body may take"))
    feed_alarm_seconds: float = field(metadata=_set("LANDREVIEW_FEED_ALARM", 60.0, "feed held back: not ready"))
    feed_days: float = field(metadata=_set("LANDREVIEW_FEED_DAYS", 180.0, "how long the feed keeps every event"))
    orphan_hours: float = field(metadata=_set("LANDREVIEW_ORPHAN_HOURS", 72.0, "age from which unused files may go"))
    proxy: str = field(metadata=_set("LANDREVIEW_PROXY", "", "address of the proxy whose headers count; empty: none"))
    certificate_header: str = field(
        metadata=_set("LANDREVIEW_CERTIFICATE_HEADER", "", "header with a client certificate's SHA-256; empty: off")
    )
    audit_key: str = field(metadata=_set("LANDREVIEW_AUDIT_KEY", "", "file with the key that seals the daily anchors"))
    log_level: str = field(metadata=_set("LANDREVIEW_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"))


def from_environment(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings of the environment; ``given`` wins. Raises E-CENTRE-SETTINGS, naming the variable."""
    variables = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for item in fields(Settings):
        name, default = str(item.metadata["name"]), item.metadata["default"]
        raw = given.get(item.name, variables.get(name, default))
        values[item.name] = _typed(name, raw, type(default) if item.name != "blobs" else Path)
    return Settings(**values)  # type: ignore[arg-type]  # made of the fields themselves


def _typed(name: str, raw: object, kind: type) -> object:
    try:
        value = kind(raw)
    except (TypeError, ValueError) as error:
        raise LandReviewError("E-CENTRE-SETTINGS", detail=f"{name}={raw}: {kind.__name__}") from error
    if isinstance(value, int | float) and value < 0:
        raise LandReviewError("E-CENTRE-SETTINGS", detail=f"{name}={raw} < 0")
    return value


def required(settings: Settings, *names: str) -> None:
    """Refuse to go on without these. Raises E-CENTRE-SETTINGS."""
    for item in fields(Settings):
        if item.name in names and str(getattr(settings, item.name)) in ("", "."):
            raise LandReviewError("E-CENTRE-SETTINGS", detail=f"{item.metadata['name']}: {item.metadata['about']}")


def printed(settings: Settings) -> str:
    """A table of all variables for people, passwords left out."""
    rows = [("variable", "value", "what it is")]
    for item in fields(Settings):
        value = _PASSWORD.sub("***", str(getattr(settings, item.name)))
        rows.append((str(item.metadata["name"]), "-" if value in ("", ".") else value, str(item.metadata["about"])))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {about}" for name, value, about in rows)
