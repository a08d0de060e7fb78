# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML that people write by hand, read safely and refused with line and column.

Used for rule packs, catalogues, profiles and dialects. Plain values only: no tags, no doubled
keys, no anchors that multiply, bounded depth and size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .model.base import Text
from .model.problems import LandReviewError, Place

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 60

M = TypeVar("M", bound=BaseModel)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser is some ten times faster and gives the same marks."""
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Codes:
    """Which codes a kind of file uses for its flaws."""

    parse: str
    field: str
    type: str


RULE_CODES = Codes("E-RULE-PARSE", "E-RULE-PARSE", "E-RULE-TYPE")
CASE_CODES = Codes("E-CASE-PARSE", "E-CASE-FIELD", "E-CASE-TYPE")


@dataclass(frozen=True, slots=True)
class Document:
    """Parsed plain data and where each part of it stands."""

    path: str
    data: object
    positions: dict[tuple[str | int, ...], Position]
    text: str

    def place(self, loc: Sequence[str | int]) -> Place:
        """The place of the deepest part of ``loc`` that the file has."""
        key = tuple(loc)
        while key and key not in self.positions:
            key = key[:-1]
        line, column = self.positions.get(key, (1, 1))
        return Place(file=self.path, line=line, column=column)


def read_document(path: Path, codes: Codes) -> Document:
    """Read one YAML file; raises LandReviewError with ``codes.parse`` for any flaw of syntax."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LandReviewError("E-SRC-LIMIT", detail=f"> {MAX_BYTES} bytes", place=Place(file=str(path)))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise LandReviewError("E-SRC-MISSING", detail=str(path), place=Place(file=str(path))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise LandReviewError(codes.parse, detail=str(error), place=Place(file=str(path))) from error
    return parse_document(text, str(path), codes)


def parse_document(text: str, path: str, codes: Codes) -> Document:
    """Parse YAML text; see :func:`read_document`."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file=path, line=mark.line + 1 if mark else None, column=mark.column + 1 if mark else None)
        raise LandReviewError(codes.parse, detail=str(getattr(error, "problem", error)), place=place) from error
    except RecursionError as error:
        raise LandReviewError(codes.parse, detail=_too_deep(), place=Place(file=path)) from error
    positions: dict[tuple[str | int, ...], Position] = {}
    data = _plain(node, (), positions, path, codes) if node is not None else None
    return Document(path, data, positions, text)


def validate(document: Document, model: type[M], codes: Codes) -> M:
    """Make ``model`` of the document; raises LandReviewError naming key, line and column."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise _refusal(error, document, codes) from error


def _refusal(error: ValidationError, document: Document, codes: Codes) -> LandReviewError:
    errors = error.errors()
    # a mistyped key is also a missing one: what the author wrote says more
    first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    loc = tuple(part for part in first["loc"])
    shown = ".".join(str(part) for part in loc) or "?"
    unknown_key = first["type"] in {"extra_forbidden", "missing"}
    return LandReviewError(
        codes.field if unknown_key else codes.type,
        detail=f"{shown}: {first['msg']}",
        place=document.place(loc),
    )


def _too_deep() -> Text:
    return Text(zh=f"嵌套超过{MAX_DEPTH}层", en=f"nested deeper than {MAX_DEPTH} levels")


def _plain(
    node: yaml.Node,
    loc: tuple[str | int, ...],
    positions: dict[tuple[str | int, ...], Position],
    path: str,
    codes: Codes,
) -> object:
    """Plain data of a node. Every visit records a position, so a multiplying alias meets the limit."""
    here = Place(file=path, line=node.start_mark.line + 1, column=node.start_mark.column + 1)
    if len(loc) > MAX_DEPTH:
        raise LandReviewError(codes.parse, detail=_too_deep(), place=here)
    if len(positions) > MAX_BYTES // 16:
        raise LandReviewError(codes.parse, detail="too many values", place=here)
    if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
        raise LandReviewError(codes.parse, detail=node.tag, place=here)
    positions[loc] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*loc, i), positions, path, codes) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(node, here, codes)
    result: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in result:
            place = here.model_copy(update={"line": key_node.start_mark.line + 1})
            raise LandReviewError(codes.field, detail=Text(zh=f"键重复：{key}", en=f"key twice: {key}"), place=place)
        result[key] = _plain(value_node, (*loc, key), positions, path, codes)
    return result


def _scalar(node: yaml.Node, here: Place, codes: Codes) -> object:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise LandReviewError(codes.parse, detail=str(error), place=here) from error
    finally:
        loader.dispose()
