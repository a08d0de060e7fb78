# SPDX-License-Identifier: GPL-2.0-or-later
"""The office's catalogue: which data stand behind the keys of ``layers.csv``."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, field_validator, model_validator

from ..tables import index
from .base import Model


class SignedNone(Model):
    """A person says that an office has no such land (本县无此类用地). The report prints who and when."""

    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    date: dt.date


class CatalogueEntry(Model):
    """One binding of a key: to a source, or to a signed statement that there is nothing to bind."""

    key: str
    source: str = ""
    """Any OGR source (``file.gpkg|layername=x``), ``PG:…``, relative to the catalogue; or a project layer."""
    data_date: dt.date | None = None
    max_age_days: int | None = Field(default=None, ge=0)
    coverage: str = ""
    """Where "no feature" means "none". Empty: the verdict can't be clear."""
    fields: dict[str, str] = Field(default_factory=dict)
    """Role → field of the source; roles left out are found by the names of ``layer_fields.csv``."""
    where: str = ""
    """Filter on fields of the source, in the language of the rule packs."""
    construction: tuple[str, ...] = ()
    """Planning layers: the classes that count as construction land."""
    none: SignedNone | None = None

    @field_validator("key")
    @classmethod
    def _known(cls, key: str) -> str:
        if key not in index("layers", "key"):
            raise ValueError(f"unknown layer key {key!r}")
        return key

    @model_validator(mode="after")
    def _either_source_or_none(self) -> Self:
        if bool(self.source) == (self.none is not None):
            raise ValueError("give either source or none")
        return self

    @property
    def date(self) -> dt.date | None:
        """The date that decides which of several entries counts."""
        return self.none.date if self.none else self.data_date


class Catalogue(Model):
    """All bindings of an office."""

    jurisdiction: str = ""
    title: str = ""
    layers: tuple[CatalogueEntry, ...] = ()

    def entry(self, key: str, at: dt.date) -> CatalogueEntry | None:
        """The binding of ``key`` in force at ``at``: the newest that is not later.

        An undated source counts only when no dated one does.
        """
        entries = [e for e in self.layers if e.key == key and (e.date is None or e.date <= at)]
        return max(entries, key=lambda e: e.date or dt.date.min, default=None)

    def rivals(self, key: str, at: dt.date) -> tuple[CatalogueEntry, ...]:
        """All bindings of ``key`` of the date in force; of several nobody has said which one counts."""
        entry = self.entry(key, at)
        return () if entry is None else tuple(e for e in self.layers if (e.key, e.date) == (key, entry.date))

    def binds(self, key: str) -> bool:
        """Whether the catalogue says anything about ``key``, at whatever date."""
        return any(e.key == key for e in self.layers)
