# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of the reports in one language; they are data in ``resources/templates/report_words.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache

from ..core.model.base import Language, Text
from ..core.model.result import AreaRow, Basis, LayerUse, ReviewResult
from ..core.tables import RESOURCES, index, table

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not allow, so that neither DOCX nor XLSX can hold them."""


@cache
def _all_words() -> dict[str, dict[str, str]]:
    path = RESOURCES / "templates" / "report_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def printable(text: str) -> str:
    """``text`` with each character that can't be printed replaced by a visible mark (U+FFFD)."""
    return _UNPRINTABLE.sub("\ufffd", text)


class Words:
    """Looks up the fixed words and the names of codes, laws and layers in one language."""

    def __init__(self, language: Language | str) -> None:
        self.language = Language(language)

    def __call__(self, key: str, **values: object) -> str:
        """The words of ``key``, with the values filled in. An unknown key is a KeyError."""
        words = _all_words()[key][self.language.value]
        return words.format(**values) if values else words

    def text(self, text: Text | None) -> str:
        """A bilingual text in this language."""
        return text.get(self.language) if text else ""

    def join(self, parts: Iterable[str], separator: str = "list.semicolon") -> str:
        """Those of the parts that say something, in one line."""
        return self(separator).join(part for part in parts if part)

    def coded(self, name: str, code: str) -> str:
        """``CZPC 城镇批次用地``: a code with its name from a table; the bare code when it is unknown."""
        row = index(name, "code").get(code)
        return f"{code} {row[f'name_{self.language.value}']}" if row else code

    def parcel(self, number: str) -> str:
        """A parcel's number; of a finding for the whole case, these words."""
        return number or self("item.case")

    def layer(self, key: str, result: ReviewResult) -> str:
        """The name of a layer key, as the review used it or as the table of layers has it."""
        for use in result.provenance.layers:
            if use.key == key and self._name(use):
                return self._name(use)
        row = index("layers", "key").get(key)
        return row[f"name_{self.language.value}"] if row else key

    def _name(self, use: LayerUse) -> str:
        return use.name_zh if self.language is Language.ZH else use.name_en

    def law(self, basis: Basis) -> str:
        """``《土地管理法》第三十五条``; documents with a number are not set in title marks."""
        if self.language is Language.EN:
            row = index("legal_basis", "name_zh").get(basis.law)
            name = f"{row['name_en']} ({basis.law})" if row else basis.law
            return f"{name}, {basis.article}" if basis.article else name
        numbered = re.search(r"[〔\[(\d]", basis.law) or basis.law.startswith("《")
        return f"{basis.law}{basis.article}" if numbered else f"《{basis.law}》{basis.article}"

    def laws(self, bases: Iterable[Basis]) -> str:
        """Several of them in one line."""
        return self.join(self.law(basis) for basis in bases)

    def land_class(self, row: AreaRow) -> str:
        """The name of a land class."""
        if self.language is Language.ZH and row.class_name:
            return row.class_name
        known = _survey_classes().get(row.class_)
        return known[f"name_{self.language.value}"] if known else row.class_name

    def known(self, prefix: str, value: str) -> str:
        """The words of ``prefix.value``; the value itself when there are none."""
        return self(f"{prefix}.{value}") if f"{prefix}.{value}" in _all_words() else value


@cache
def _survey_classes() -> dict[str, dict[str, str]]:
    """The survey's working classification by code: codes of other classifications differ in meaning."""
    return {row["code"]: row for row in table("landclass") if row["scheme"] == "3rd_survey_working"}
