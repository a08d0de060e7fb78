# SPDX-License-Identifier: GPL-2.0-or-later
"""Text blocks of the opinion: data that an office edits, with fields in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from ..model.base import Model, Text
from ..model.problems import LandReviewError
from ..tables import RESOURCES
from ..yaml_source import CASE_CODES, Document, read_document, validate

FILE_NAME = "opinion.yaml"
BUILT_IN = RESOURCES / "templates" / FILE_NAME
FIELDS = frozenset(
    [
        "number",
        "project",
        "applicant",
        "business_type",
        "county",
        "reference_date",
        "parcels",
        "area_m2",
        "area_ha",
        "area_mu",
        "farmland_ha",
        "arable_ha",
        "construction_ha",
        "unused_ha",
        "verdict",
        "counts",
        "findings",
        "method",
        "pack",
        "person",
        "role",
        "date",
    ]
)
FINDING_FIELDS = frozenset(["no", "rule", "title", "where", "verdict", "figures", "basis", "judged"])
JUDGED_FIELDS = frozenset(["mark", "who", "ground"])
_FIELD = re.compile(r"\{(\w*)\}")


class When(StrEnum):
    """With which conclusion a block goes."""

    PASSES = "passes"
    REFUSES = "refuses"
    ANY = "any"


class Block(Model):
    """One text to put into an opinion."""

    key: str
    when: When = When.ANY
    title: Text
    text: Text


class OpinionBlocks(Model):
    """All texts of an office. The first block of a conclusion is its draft."""

    blocks: tuple[Block, ...]
    finding: Text
    judged: Text
    unjudged: Text
    none: Text

    def draft(self, *, passes: bool) -> Block | None:
        """The text that an opinion begins with."""
        wanted = When.PASSES if passes else When.REFUSES
        return next((block for block in self.blocks if block.when is wanted), None)


def load_blocks(beside: Path | None = None) -> OpinionBlocks:
    """The office's own file in the folder ``beside``, else the built-in one.

    Raises E-CASE-PARSE, E-CASE-FIELD or E-CASE-TYPE with file and line, also for a field in braces
    that does not exist: an opinion with a hole in it is never signed.
    """
    own = beside / FILE_NAME if beside else None
    document = read_document(own if own is not None and own.is_file() else BUILT_IN, CASE_CODES)
    blocks = validate(document, OpinionBlocks, CASE_CODES)
    for number, block in enumerate(blocks.blocks):
        _refuse_unknown(block.text, FIELDS, document, ("blocks", number, "text"))
    _refuse_unknown(blocks.finding, FINDING_FIELDS, document, ("finding",))
    _refuse_unknown(blocks.judged, JUDGED_FIELDS, document, ("judged",))
    return blocks


def fill(text: str, fields: Mapping[str, str]) -> str:
    """``text`` with the fields in it; what they hold is not looked at again."""
    return _FIELD.sub(lambda match: fields[match.group(1)], text)


def _refuse_unknown(text: Text, known: frozenset[str], document: Document, at: tuple[str | int, ...]) -> None:
    unknown = [name for name in (*_FIELD.findall(text.zh), *_FIELD.findall(text.en)) if name not in known]
    if unknown:
        names = ", ".join(sorted(known))
        raise LandReviewError(
            "E-CASE-FIELD",
            detail=Text(
                zh=f"没有字段{{{unknown[0]}}}；可用：{names}", en=f"no field {{{unknown[0]}}}; there are {names}"
            ),
            place=document.place(at),
        )
