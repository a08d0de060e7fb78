# SPDX-License-Identifier: GPL-2.0-or-later
"""A changed catalogue as YAML: what did not change keeps its text, its order and its comments.

The text is edited where values stand, by the marks of the YAML parser, and read again. Only when it
then says exactly what was asked for is it used; else everything is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from .model.catalogue import Catalogue, CatalogueEntry

Edit = tuple[int, int, str]
"""From, to (in characters of the text), what stands there then."""
Plain = Mapping[str, Any]
_COVER = ("jurisdiction", "title")


class _CannotEditError(Exception):
    """The text is laid out in a way that can't be edited in place."""


def rewritten(text: str, catalogue: Catalogue) -> tuple[str, bool]:
    """``text`` changed so that it says ``catalogue``; False beside it: written anew, without its comments."""
    try:
        edited = _edited(text, catalogue)
        if Catalogue.model_validate(yaml.safe_load(edited)) == catalogue:
            return edited, True
    except (_CannotEditError, yaml.YAMLError, ValueError):
        pass  # what can't be edited is written anew
    return _head(text) + written(catalogue), not text.strip()


def written(catalogue: Catalogue) -> str:
    """A catalogue as YAML from nothing: one block a binding."""
    cover = [f"{name}: {_flow(value)}\n" for name in _COVER if (value := getattr(catalogue, name))]
    blocks = [_block(plain_entry(entry), "  ") for entry in catalogue.layers]
    return "".join([*cover, "layers:\n" if blocks else "layers: []\n", *blocks])


def plain_entry(entry: CatalogueEntry) -> dict[str, Any]:
    """What a binding says, without what is left at its default."""
    plain = entry.model_dump(exclude_defaults=True)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def _edited(text: str, wanted: Catalogue) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise _CannotEditError
    before = Catalogue.model_validate(yaml.safe_load(text))
    cover = [{n: getattr(c, n) for n in _COVER if getattr(c, n)} for c in (before, wanted)]
    edits = list(_mapping_edits(text, root, *cover))
    layers = next((value for key, value in root.value if key.value == "layers"), None)
    if before.layers != wanted.layers:
        if not isinstance(layers, yaml.SequenceNode) or layers.flow_style or not layers.value:
            raise _CannotEditError
        edits += _layer_edits(text, layers, before.layers, wanted.layers)
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _layer_edits(
    text: str, node: yaml.SequenceNode, before: Sequence[CatalogueEntry], wanted: Sequence[CatalogueEntry]
) -> Iterator[Edit]:
    partner = _partners(before, wanted)
    for i, item in enumerate(node.value):
        if i not in partner:
            yield _line_start(text, item, dash=True), _line_end(text, _end(item)), ""
        elif before[i] != wanted[partner[i]]:
            old, new = plain_entry(before[i]), plain_entry(wanted[partner[i]])
            if item.flow_style:
                yield item.start_mark.index, _end(item), _flow(new)
            else:
                yield from _mapping_edits(text, item, old, new)
    last = node.value[-1]
    indent = " " * (last.start_mark.column - 2)
    new_ones = [entry for k, entry in enumerate(wanted) if k not in partner.values()]
    if new_ones:
        at = _line_end(text, _end(last))
        blocks = "".join(_block(plain_entry(entry), indent) for entry in new_ones)
        yield at, at, _from_new_line(text, at) + blocks


def _partners(before: Sequence[CatalogueEntry], wanted: Sequence[CatalogueEntry]) -> dict[int, int]:
    """Which entry of ``before`` became which of ``wanted``: the same one, else the next free one of its key."""
    partner: dict[int, int] = {}
    for same in (True, False):
        for k, entry in enumerate(wanted):
            if k in partner.values():
                continue
            free = (i for i, old in enumerate(before) if i not in partner and old.key == entry.key)
            found = next((i for i in free if not same or before[i] == entry), None)
            if found is not None:
                partner[found] = k
    return partner


def _mapping_edits(text: str, node: yaml.MappingNode, old: Plain, new: Plain) -> Iterator[Edit]:
    there = [key.value for key, _ in node.value]
    for key, value in node.value:
        name = key.value
        if name not in old and name not in new:
            continue
        if name not in new:
            yield _line_start(text, key), _line_end(text, _end(value)), ""
        elif old.get(name) != new[name]:
            yield key.end_mark.index, _end(value), f": {_flow(new[name])}"
    added = {name: value for name, value in new.items() if name not in there}
    if added:
        indent = " " * node.value[0][0].start_mark.column
        at = _line_end(text, _end(node.value[-1][1]))
        # a cover value goes before what is there: behind it come the layers
        if indent == "":
            at = _line_start(text, node.value[0][0])
        lines = "".join(f"{indent}{name}: {_flow(value)}\n" for name, value in added.items())
        yield at, at, _from_new_line(text, at) + lines


def _end(node: yaml.Node) -> int:
    """Where the last value of a node ends; a block's own mark lies behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _line_start(text: str, node: yaml.Node, *, dash: bool = False) -> int:
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    before = text[start : node.start_mark.index]
    if before.strip() != ("-" if dash else ""):
        raise _CannotEditError
    return start


def _line_end(text: str, at: int) -> int:
    """Behind the line break that follows ``at``; a block text ends with its own."""
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _from_new_line(text: str, at: int) -> str:
    return "" if at == 0 or text[at - 1] == "\n" else "\n"


def _block(plain: Plain, indent: str) -> str:
    lines = [f"{name}: {_flow(value)}\n" for name, value in plain.items()]
    return f"{indent}- " + f"{indent}  ".join(lines)


def _flow(value: object) -> str:
    """A value on one line."""
    text = str(yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000))
    # only what the writer added: a value may end with a space of its own
    return text.removesuffix("\n").removesuffix("\n...")


def _head(text: str) -> str:
    """The comment lines at the head of a file: who wrote it, under which licence."""
    found = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    return found.group() if found and "#" in found.group() else ""
