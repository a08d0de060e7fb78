# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that hold on every line of the source: encodings, Qt 6, sizes, empty package inits, codes with words."""

from __future__ import annotations

import ast
import csv
import enum
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from architecture_source import Sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
CODE = re.compile(r"[\"']([EWIN]-[A-Z]{2,}-[A-Z0-9-]*[A-Z0-9])[\"']")
FIRST_LINE = "# SPDX-License-Identifier: GPL-2.0-or-later"


def test_every_file_opens_with_its_licence(sources: Sources) -> None:
    assert not [str(source.path) for source in sources if not source.text.startswith(FIRST_LINE)]


def test_package_inits_import_nothing(sources: Sources) -> None:
    """The plugin's own init may import late, inside classFactory."""
    inits = [source for source in sources if source.path.name == "__init__.py"]
    assert not [str(s.path) for s in inits for node in s.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_files_are_short(sources: Sources) -> None:
    long = {str(source.path): n for source in sources if (n := len(source.text.splitlines())) > LONGEST_FILE}
    assert not long


def test_functions_are_short(sources: Sources) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{source.at(node)} {node.name}: {lines} lines"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, kinds) and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_text_is_never_opened_without_an_encoding(sources: Sources) -> None:
    """A Chinese Windows would read it as cp936."""
    found = [source.at(call) for source in sources for call in _calls(source.tree) if _opens_text_blindly(call)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "blind"),
    [
        ("open('a')", True),
        ("path.open('w')", True),
        ("path.read_text()", True),
        ("open('a', 'rb')", False),
        ("path.open('a', encoding='utf-8')", False),
        ("path.write_text(text, encoding='utf-8')", False),
    ],
)
def test_what_counts_as_blind(line: str, blind: bool) -> None:
    assert _opens_text_blindly(next(_calls(ast.parse(line)))) is blind


def test_qt_enums_are_written_in_full(sources: Sources) -> None:
    """Short forms such as ``Qt.AlignLeft`` work in Qt 5 only."""
    found = [f"{s.at(node)}: {name}" for s in sources for node, name in _short_enums(s.tree)]
    assert not found, "\n".join(found)


def test_the_short_form_is_noticed() -> None:
    short = "from qgis.PyQt.QtCore import Qt\na = Qt.AlignLeft\nb = Qt.AlignmentFlag.AlignLeft\n"
    assert [name for _, name in _short_enums(ast.parse(short))] == ["Qt.AlignLeft"]


def test_nothing_of_qt_5_alone_is_used(sources: Sources) -> None:
    banned = re.compile(r"\.exec_\(|\bQRegExp\b|\bQVariant\.[A-Z]|resources_rc|\bdistutils\b|\bQDesktopWidget\b")
    found = [
        f"{source.path}:{number}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if banned.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_code_in_the_source_has_words_in_both_languages(sources: Sources, root: Path) -> None:
    with (root / "landreview_plugin/resources/tables/error_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    worded = {
        row["code"]
        for row in rows
        if all(row[f"{part}_{language}"].strip() for part in ("meaning", "hint") for language in ("zh", "en"))
    }
    used = {code: str(source.path) for source in sources for code in CODE.findall(source.text)}
    assert used, "the pattern of codes finds nothing"
    wordless = {code: path for code, path in used.items() if code not in worded}
    assert not wordless


def test_codes_stand_once_in_the_table(root: Path) -> None:
    with (root / "landreview_plugin/resources/tables/error_codes.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert not {code for code in codes if codes.count(code) > 1}


def test_nothing_is_printed_or_left_to_do(sources: Sources) -> None:
    printing = [s.at(call) for s in sources for call in _calls(s.tree) if _name(call.func) in ("print", "eval", "exec")]
    waiting = [str(s.path) for s in sources if re.search(r"\b(TODO|FIXME|XXX)\b", s.text)]
    assert not printing + waiting


def test_arrays_become_lists_in_one_place(sources: Sources) -> None:
    """numpy 2 types ``tolist`` as a union of depths: what passes the type checker on one Debian fails on the next."""
    found = [
        source.at(call)
        for source in sources
        if source.room == "core" and source.path.name != "arrays.py"
        for call in _calls(source.tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "tolist"
    ]
    assert not found, "use core.arrays: " + ", ".join(found)


def test_nothing_is_used_that_windows_lacks(sources: Sources) -> None:
    banned = {"fcntl", "pwd", "grp", "resource", "termios", "pty"}
    found = [
        s.at(node)
        for s in sources
        for node in ast.walk(s.tree)
        if isinstance(node, ast.Import)
        and banned & {alias.name for alias in node.names}
        or isinstance(node, ast.Attribute)
        and node.attr in ("fork", "symlink", "symlink_to", "kill")
        and _name(node.value) in ("os", "signal", "path")
    ]
    assert not found, "\n".join(found)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _opens_text_blindly(call: ast.Call) -> bool:
    attribute = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if any(keyword.arg == "encoding" for keyword in call.keywords):
        return False
    if attribute in ("read_text", "write_text"):
        return True
    if _name(call.func) == "open":
        mode = call.args[1] if len(call.args) > 1 else _keyword(call, "mode")
    elif attribute == "open" and len(call.args) <= 1 and _path_like(call):
        mode = call.args[0] if call.args else _keyword(call, "mode")
    else:
        return False
    return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))


def _path_like(call: ast.Call) -> bool:
    """``x.open()`` and ``x.open("w")`` open a path; members of a zip are opened by name."""
    return (
        not call.args
        or isinstance(call.args[0], ast.Constant)
        and re.fullmatch(r"[rwaxbt+]+", str(call.args[0].value)) is not None
    )


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _short_enums(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Attributes of Qt and QGIS classes that are members of an enum nested in the class."""
    classes = {
        alias.asname or alias.name: getattr(importlib.import_module(node.module), alias.name, None)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith(("qgis.core", "qgis.gui", "qgis.PyQt"))
        for alias in node.names
    }
    for node in ast.walk(tree):
        owner = classes.get(_name(node.value)) if isinstance(node, ast.Attribute) else None
        if owner is not None and _is_member(owner, getattr(owner, node.attr, None)):
            yield node, f"{_name(node.value)}.{node.attr}"


def _is_member(owner: Any, value: Any) -> bool:
    if isinstance(value, type) or type(value) in (int, float, str, bool) or not isinstance(value, int | enum.Enum):
        return False
    return hasattr(owner, type(value).__name__)
