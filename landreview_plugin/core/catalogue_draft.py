# SPDX-License-Identifier: GPL-2.0-or-later
"""A catalogue while somebody changes it: a line a binding, half-filled ones too; checked when it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .model.base import Text
from .model.catalogue import Catalogue, CatalogueEntry, SignedNone
from .model.problems import LandReviewError
from .rules.expression import parse
from .tables import index, table


@dataclass(frozen=True, slots=True)
class Line:
    """One binding as it stands in the form. Nothing is refused before it is saved or tested."""

    key: str
    signed: bool = False
    """True: "there is none" is what counts, whatever stands in the source."""
    source: str = ""
    data_date: dt.date | None = None
    max_age_days: int | None = None
    coverage: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    construction: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    date: dt.date | None = None
    """Day of the signature."""

    @property
    def blank(self) -> bool:
        """Nothing is bound: a review says "not checked"."""
        return not self.signed and not self.source

    def missing(self) -> Text | None:
        """What is still needed before this is a binding; None: nothing."""
        if self.signed and not (self.reason and self.by and self.date):
            return Text(
                zh="签字声明须有理由、签署人和日期", en="a signed “none” needs a reason, who signs it, and the day"
            )
        if not self.signed and self.where:
            try:
                parse(self.where)
            except LandReviewError as error:
                return error.detail or Text(zh="筛选条件有误", en="the filter can't be read")
        return None

    def entry(self) -> CatalogueEntry:
        """The binding. Raises E-CAT-TYPE for one that is incomplete."""
        why = self.missing()
        if self.blank:
            why = Text(zh="未指定数据", en="no source is given")
        if why is not None:
            raise LandReviewError(
                "E-CAT-TYPE",
                detail=Text(zh=f"{name_of(self.key).zh}：{why.zh}", en=f"{name_of(self.key).en}: {why.en}"),
            )
        if self.signed:
            assert self.date is not None  # missing() has looked
            return CatalogueEntry(key=self.key, none=SignedNone(reason=self.reason, by=self.by, date=self.date))
        return CatalogueEntry(
            key=self.key,
            source=self.source,
            data_date=self.data_date,
            max_age_days=self.max_age_days,
            coverage=self.coverage,
            fields=dict(self.fields),
            where=self.where,
            construction=self.construction,
        )


def line_of(entry: CatalogueEntry) -> Line:
    """A binding as a line of the form."""
    none = entry.none
    return Line(
        key=entry.key,
        signed=none is not None,
        source=entry.source,
        data_date=entry.data_date,
        max_age_days=entry.max_age_days,
        coverage=entry.coverage,
        fields=entry.fields,
        where=entry.where,
        construction=entry.construction,
        reason=none.reason if none else "",
        by=none.by if none else "",
        date=none.date if none else None,
    )


class Draft:
    """All lines of a catalogue, and a blank one for each key that it does not bind."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._before = catalogue
        self.jurisdiction = catalogue.jurisdiction
        """Code of the county; empty: the profile's."""
        self._lines: dict[int, Line] = dict(enumerate(map(line_of, catalogue.layers)))
        self._next = len(self._lines)
        for row in table("layers"):
            if not catalogue.binds(row["key"]):
                self.add(Line(row["key"]))

    def ids(self) -> list[int]:
        """Every line, in the order of ``layers.csv``, the newest binding of a key first."""
        order = {row["key"]: i for i, row in enumerate(table("layers"))}

        def place(number: int) -> tuple[int, int, int]:
            line = self._lines[number]
            day = (line.date if line.signed else line.data_date) or dt.date.min
            return order[line.key], -day.toordinal(), number

        return sorted(self._lines, key=place)

    def line(self, number: int) -> Line:
        """One line."""
        return self._lines[number]

    def put(self, number: int, line: Line) -> None:
        """Change a line."""
        self._lines[number] = line

    def add(self, line: Line) -> int:
        """A further line; a blank one of its key gives way. Returns its number."""
        number = next((n for n, old in self._lines.items() if old.key == line.key and old.blank), self._next)
        self._next = max(self._next, number + 1)
        self._lines[number] = line
        return number

    def another_version(self, number: int) -> int:
        """A copy of a line for newer data: without its date, so that nobody takes it for the old one."""
        copy = replace(self._lines[number], data_date=None, date=None)
        self._lines[self._next] = copy
        self._next += 1
        return self._next - 1

    def remove(self, number: int) -> None:
        """Take a binding out; the last of its key leaves a blank line."""
        key = self._lines.pop(number).key
        if all(line.key != key for line in self._lines.values()):
            self._lines[number] = Line(key)

    @property
    def changed(self) -> bool:
        """Whether there is something to be saved."""
        other = self.jurisdiction != self._before.jurisdiction
        return other or self._bindings() != tuple(map(line_of, self._before.layers))

    def catalogue(self) -> Catalogue:
        """The catalogue that this is. Raises E-CAT-TYPE naming the first layer that is incomplete."""
        layers = tuple(line.entry() for line in self._bindings())
        return self._before.model_copy(update={"jurisdiction": self.jurisdiction, "layers": layers})

    def saved(self, catalogue: Catalogue) -> None:
        """``catalogue`` is what the file says now."""
        self._before = catalogue

    def _bindings(self) -> tuple[Line, ...]:
        """What was there keeps its place, what is new follows."""
        return tuple(self._lines[n] for n in sorted(self._lines) if not self._lines[n].blank)


def name_of(key: str) -> Text:
    """The layer's name in both languages."""
    row = index("layers", "key")[key]
    return Text(zh=row["name_zh"], en=row["name_en"])


def roles_of(key: str) -> Sequence[tuple[str, bool]]:
    """(role, whether rules need it) of a key, in the order of ``layer_fields.csv``."""
    return [(row["role"], row["required"] == "1") for row in table("layer_fields") if row["key"] == key]


def role_name(role: str) -> Text:
    """A role's name in both languages; the role itself where ``layer_roles.csv`` has none."""
    row = index("layer_roles", "role").get(role)
    return Text(zh=row["name_zh"], en=row["name_en"]) if row else Text.same(role)
