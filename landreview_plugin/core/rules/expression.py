# SPDX-License-Identifier: GPL-2.0-or-later
"""The language of ``where``: a small expression on attributes, parsed here and never evaluated by Python.

    class like '01%' and not (slope in ('1', '2'))
    valid_to >= $reference_date
    construction is null or zone = '核心保护区'

Three-valued: a value that is missing, or that can't be compared, gives UNKNOWN, never "no".
``$name`` is a constant: a fact of the case, an answer, or a list of the catalogue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ..model.base import Text
from ..model.problems import LandReviewError

MAX_DEPTH = 40
MAX_LENGTH = 4_000

Truth = bool | None
"""None: unknown."""
Value = str | Decimal | dt.date | Sequence[object] | None
Row = Mapping[str, object]
Constants = Mapping[str, object]
Node = Callable[[Row, Constants], Truth]
Operand = Callable[[Row, Constants], object]

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<constant>\$\w+)"
    r"|(?P<operator><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[^\W\d]\w*))",
)
_DATE = re.compile(
    r"(?:(\d{4})(\d{2})(\d{2})(?:\.0)?|(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?)(?:[T ]\d{1,2}:.*)?", re.DOTALL
)
"""Whole: of a period ("2015年1月1日至2030年1月1日") or of a month alone no day may be guessed."""
_WORDS = {"and", "or", "not", "in", "like", "is", "null"}


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed filter."""

    source: str
    fields: tuple[str, ...]
    """Names it looks at, in order of appearance."""
    constants: tuple[str, ...]
    _node: Node = field(repr=False, compare=False)

    def test(self, row: Row, constants: Constants) -> Truth:
        """True, False, or None when a value is missing or can't be compared."""
        return self._node(row, constants)


def parse(source: str) -> Expression:
    """Parse a filter; raises E-RULE-EXPR with the place in the text."""
    if len(source) > MAX_LENGTH:
        raise _refusal(source, len(source), Text(zh="表达式过长", en="the expression is too long"))
    parser = _Parser(source)
    node = parser.disjunction(0)
    parser.expect_end()
    return Expression(source, tuple(dict.fromkeys(parser.fields)), tuple(dict.fromkeys(parser.constants)), node)


class _Parser:
    """Recursive descent: or < and < not < comparison."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(_tokens(source))
        self._at = 0
        self.fields: list[str] = []
        self.constants: list[str] = []

    def disjunction(self, depth: int) -> Node:
        nodes = [self._conjunction(depth)]
        while self._take_word("or"):
            nodes.append(self._conjunction(depth))
        return nodes[0] if len(nodes) == 1 else lambda row, given: _any([node(row, given) for node in nodes])

    def expect_end(self) -> None:
        if self._at < len(self._tokens):
            raise self._unexpected()

    def _conjunction(self, depth: int) -> Node:
        nodes = [self._negation(depth)]
        while self._take_word("and"):
            nodes.append(self._negation(depth))
        return nodes[0] if len(nodes) == 1 else lambda row, given: _all([node(row, given) for node in nodes])

    def _negation(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._unexpected(Text(zh="嵌套过深", en="nested too deep"))
        if self._take_word("not"):
            inner = self._negation(depth + 1)
            return lambda row, given: _not(inner(row, given))
        if self._take("operator", "("):
            node = self.disjunction(depth + 1)
            self._need("operator", ")")
            return node
        return self._comparison()

    def _comparison(self) -> Node:
        left = self._operand()
        if self._take_word("is"):
            negated = self._take_word("not")
            self._need("word", "null")
            return lambda row, given: missing(left(row, given)) is not negated
        negated = self._take_word("not")
        if self._take_word("in"):
            node = _membership(left, self._list())
        elif self._take_word("like"):
            node = _likeness(left, self._operand())
        elif negated:
            raise self._unexpected()
        else:
            node = _order(left, self._operator(), self._operand())
        return (lambda row, given: _not(node(row, given))) if negated else node

    def _operator(self) -> str:
        for symbol in ("=", "!=", "<=", ">=", "<", ">"):
            if self._take("operator", symbol):
                return symbol
        raise self._unexpected()

    def _list(self) -> Operand:
        if not self._take("operator", "("):
            return self._operand()
        items = [self._operand()]
        while self._take("operator", ","):
            items.append(self._operand())
        self._need("operator", ")")
        return lambda row, given: [item(row, given) for item in items]

    def _operand(self) -> Operand:
        if self._at >= len(self._tokens):
            raise self._unexpected()
        kind, text, _ = self._tokens[self._at]
        if kind == "operator" or (kind == "word" and text.lower() in _WORDS):
            raise self._unexpected()
        self._at += 1
        if kind == "word":
            self.fields.append(text)
            return lambda row, given: row.get(text)
        if kind == "constant":
            self.constants.append(text[1:])
            return lambda row, given: given.get(text[1:])
        literal: object = text[1:-1].replace("''", "'") if kind == "text" else Decimal(text)
        return lambda row, given: literal

    def _take(self, kind: str, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at][:2] == (kind, text):
            self._at += 1
            return True
        return False

    def _take_word(self, word: str) -> bool:
        if self._at < len(self._tokens):
            kind, text, _ = self._tokens[self._at]
            if kind == "word" and text.lower() == word:
                self._at += 1
                return True
        return False

    def _need(self, kind: str, text: str) -> None:
        if not (self._take_word(text) if kind == "word" else self._take(kind, text)):
            raise self._unexpected()

    def _unexpected(self, why: Text | None = None) -> LandReviewError:
        at = self._tokens[self._at][2] if self._at < len(self._tokens) else len(self._source)
        return _refusal(self._source, at, why or Text(zh="此处不应出现", en="not expected here"))


def _tokens(source: str) -> list[tuple[str, str, int]]:
    tokens, at = [], 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None or match.lastgroup is None:
            raise _refusal(source, at, Text(zh="无法识别", en="can't be read"))
        tokens.append((match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup)))
        at = match.end()
    return tokens


def _refusal(source: str, at: int, why: Text) -> LandReviewError:
    shown = source[max(0, at - 20) : at + 20]
    return LandReviewError(
        "E-RULE-EXPR", detail=Text(zh=f"第{at + 1}字符处{why.zh}：{shown}", en=f"character {at + 1} {why.en}: {shown}")
    )


def missing(value: object) -> bool:
    """Whether a field or an answer says nothing: null, NaN, blank text."""
    return value is None or value != value or (isinstance(value, str) and not value.strip())


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _all(values: Sequence[Truth]) -> Truth:
    if False in values:
        return False
    return None if None in values else True


def _any(values: Sequence[Truth]) -> Truth:
    if True in values:
        return True
    return None if None in values else False


def _membership(left: Operand, right: Operand) -> Node:
    def test(row: Row, given: Constants) -> Truth:
        value, items = left(row, given), right(row, given)
        if missing(value) or missing(items) or not isinstance(items, list | tuple):
            return None
        return _any([_compare(value, "=", item) for item in items])

    return test


def _likeness(left: Operand, right: Operand) -> Node:
    def test(row: Row, given: Constants) -> Truth:
        value, pattern = left(row, given), right(row, given)
        if missing(value) or not isinstance(pattern, str):
            return None
        expression = "".join(".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
        return re.fullmatch(expression, str(value).strip(), re.DOTALL) is not None

    return test


def _order(left: Operand, operator: str, right: Operand) -> Node:
    return lambda row, given: _compare(left(row, given), operator, right(row, given))


def _compare(left: object, operator: str, right: object) -> Truth:
    if missing(left) or missing(right):
        return None
    pair = _alike(left, right)
    if pair is None:
        return None
    sign = int(pair[0] > pair[1]) - int(pair[0] < pair[1])
    return {"=": sign == 0, "!=": sign != 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[operator]


def _alike(left: object, right: object) -> tuple[Any, Any] | None:
    """Both as dates, as numbers or as text, whatever one of them is; None when the other can't be that."""
    if isinstance(left, dt.date) or isinstance(right, dt.date):
        first, second = as_date(left), as_date(right)
        return None if first is None or second is None else (first, second)
    if _numeric(left) or _numeric(right):
        one, two = as_number(left), as_number(right)
        return None if one is None or two is None else (one, two)
    return str(left).strip(), str(right).strip()


def as_date(value: object) -> dt.date | None:
    """A date as data bases and people write it: 2026-06-30, 2026/6/30, 20260630, 2026年6月30日."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _DATE.fullmatch(str(value).strip())
    try:
        return dt.date(*(int(part) for part in match.groups() if part is not None)) if match else None
    except ValueError:
        return None


def _numeric(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def as_number(value: object) -> Decimal | None:
    """A finite number, also one that stands in a text field; None for anything else."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
