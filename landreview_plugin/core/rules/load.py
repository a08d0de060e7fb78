# SPDX-License-Identifier: GPL-2.0-or-later
"""Read a rule pack with its includes: accepted whole or refused whole, with place and reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ..evidence.canonical import canonical
from ..evidence.hashes import text_sha256
from ..geodesy.area import AreaMethod
from ..model.base import Text
from ..model.problems import LandReviewError, Place
from ..tables import RESOURCES
from ..yaml_source import RULE_CODES, Document, parse_document, read_document, validate
from .examples import run_examples
from .pack import PackFile, Predicate, Rule, RulePack

PACKS = RESOURCES / "packs"
MAX_FILES = 50
SOME_DAY = dt.date(2026, 1, 1)
"""A day for the examples of a rule that is always in force."""
SEPARATOR = "\n# ==== {} ====\n"


def builtin_pack(name: str) -> RulePack:
    """A built-in pack by name; raises E-RULE-PATH when there is none."""
    path = PACKS / f"{name}.yaml"
    if path.parent != PACKS or not path.is_file():
        names = ", ".join(sorted(file.stem for file in PACKS.glob("*.yaml")))
        raise LandReviewError(
            "E-RULE-PATH", detail=Text(zh=f"没有{name}，内置：{names}", en=f"no {name}; there are {names}")
        )
    return load_pack(path)


def load_pack(path: Path, *, try_examples: bool = False) -> RulePack:
    """The pack in ``path`` with its includes; raises E-RULE-* or E-SRC-MISSING.

    ``try_examples``: refuse a pack of which an example contradicts its rule (E-RULE-EXAMPLE). Those of the
    built-in files are held by the tests of the program and not run again.
    """
    documents: dict[str, Document] = {}
    _collect(path.resolve(), path.resolve().parent, (), documents)
    files = {name: _validated(document) for name, document in documents.items()}
    pack = _assembled(documents, files)
    if try_examples:
        own = {name for name, document in documents.items() if Path(document.path).resolve().parent != PACKS}
        _refuse_contradictions(pack, {name: documents[name] for name in own}, files)
    return pack


def pack_from_text(text: str) -> RulePack:
    """The pack that ``RulePack.text`` embeds: for a replay, with no file around."""
    documents: dict[str, Document] = {}
    marker = SEPARATOR.split("{}", maxsplit=1)[0]
    for block in text.split(marker)[1:]:
        name, _, body = block.partition(" ====\n")
        documents[name] = parse_document(body, name, RULE_CODES)
    if not documents:
        raise LandReviewError("E-RULE-EMPTY")
    return _assembled(documents, {name: _validated(document) for name, document in documents.items()})


def _included(name: str, folder: Path) -> Path | None:
    """A file beside the pack, else a built-in pack; nothing outside these two folders."""
    file = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    if Path(file).name != file:
        return None
    return next((place / file for place in (folder, PACKS) if (place / file).is_file()), None)


def _collect(path: Path, folder: Path, above: tuple[str, ...], documents: dict[str, Document]) -> None:
    """Read ``path`` and what it includes, the asking file first."""
    if path.name in above:
        raise LandReviewError("E-RULE-CYCLE", detail=" → ".join((*above, path.name)), place=Place(file=path.name))
    if path.name in documents:
        _refuse_another(path, documents[path.name])
        return
    if len(documents) >= MAX_FILES:
        raise LandReviewError("E-SRC-LIMIT", detail=f"> {MAX_FILES}", place=Place(file=path.name))
    document = read_document(path, RULE_CODES)
    documents[path.name] = document
    includes = document.data.get("includes", []) if isinstance(document.data, dict) else []
    for name in includes if isinstance(includes, list) else []:
        file = _included(str(name), folder)
        if file is None:
            raise LandReviewError("E-RULE-PATH", detail=str(name), place=document.place(("includes",)))
        _collect(file, file.parent, (*above, path.name), documents)


def _refuse_another(path: Path, known: Document) -> None:
    """Two files of one name in the office's folder and among the built-in ones: one would hide the other's rules."""
    if read_document(path, RULE_CODES).text != known.text:
        detail = Text(zh=f"有两个不同的{path.name}", en=f"there are two different files {path.name}")
        raise LandReviewError("E-RULE-PATH", detail=detail, place=Place(file=path.name))


def _validated(document: Document) -> PackFile:
    _known_predicates(document)
    return validate(document, PackFile, RULE_CODES)


def _known_predicates(document: Document) -> None:
    """An unknown predicate has a code of its own."""
    rules = document.data.get("rules", []) if isinstance(document.data, dict) else []
    for i, rule in enumerate(rules if isinstance(rules, list) else []):
        word = rule.get("predicate") if isinstance(rule, dict) else None
        if word is not None and str(word) not in set(Predicate):
            raise LandReviewError(
                "E-RULE-OP", detail=f"{rule.get('id', '?')}: {word}", place=document.place(("rules", i, "predicate"))
            )


def _assembled(documents: dict[str, Document], files: dict[str, PackFile]) -> RulePack:
    first_name, first = next(iter(files.items()))
    method = first.area_method
    if method is None:
        raise LandReviewError("E-RULE-PARSE", detail="area_method", place=Place(file=first_name, line=1))
    _refuse_doubles(documents, files)
    questions = {key: question for file in files.values() for key, question in file.questions.items()}
    _refuse_unknown_questions(documents, files)
    _refuse_lost_changes(documents, files)
    rules = tuple(
        sorted(
            (rule for file in files.values() for rule in file.rules),
            key=lambda rule: (rule.id, rule.valid_from or dt.date.min),
        )
    )
    if not rules:
        raise LandReviewError("E-RULE-EMPTY", place=Place(file=first_name))
    text = "".join(SEPARATOR.format(Path(name).name) + document.text for name, document in documents.items())
    # without defaults, so that a key that a later version adds changes no hash of today
    content = {name: file.model_dump(mode="json", exclude_defaults=True) for name, file in files.items()}
    return RulePack(
        pack=first.pack,
        version=first.version,
        title=first.title or Text.same(first.pack),
        area_method=AreaMethod(method),
        valid_from=max((file.valid_from for file in files.values() if file.valid_from), default=None),
        questions=questions,
        rules=rules,
        changes={name: change for file in files.values() for name, change in file.changes.items()},
        text=text,
        sha256=text_sha256(canonical(content)),
    )


def _refuse_doubles(documents: dict[str, Document], files: dict[str, PackFile]) -> None:
    """An id may stand for several versions of a rule, of which only one is in force on any day."""
    seen: dict[str, list[tuple[Rule, Place]]] = {}
    for name, file in files.items():
        for i, rule in enumerate(file.rules):
            place = documents[name].place(("rules", i, "id"))
            rival = next((at for other, at in seen.get(rule.id, []) if _overlap(rule, other)), None)
            if rival is not None:
                raise LandReviewError("E-RULE-DUP", detail=f"{rule.id}: {rival.file}:{rival.line}", place=place)
            seen.setdefault(rule.id, []).append((rule, place))


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether two versions of a rule are both in force on some day."""
    start = max(one.valid_from or dt.date.min, other.valid_from or dt.date.min)
    return start <= min(one.valid_to or dt.date.max, other.valid_to or dt.date.max)


def _refuse_unknown_questions(documents: dict[str, Document], files: dict[str, PackFile]) -> None:
    questions = {key: question for file in files.values() for key, question in file.questions.items()}
    for name, file in files.items():
        for i, rule in enumerate(file.rules):
            for key, choices in rule.when.items():
                known = questions.get(key)
                wrong = [choice for choice in choices if known is None or choice not in known.choices]
                if wrong:
                    raise LandReviewError(
                        "E-RULE-TYPE",
                        detail=f"{rule.id}: when.{key}: {', '.join(wrong)}",
                        place=documents[name].place(("rules", i, "when", key)),
                    )


def _refuse_lost_changes(documents: dict[str, Document], files: dict[str, PackFile]) -> None:
    """A change of a rule that is not there, or that two files change."""
    known = {rule.id for file in files.values() for rule in file.rules}
    changed: dict[str, str] = {}
    for name, file in files.items():
        for rule in file.changes:
            place = documents[name].place(("changes", rule))
            if rule not in known:
                detail = Text(zh=f"没有规则{rule}", en=f"there is no rule {rule}")
                raise LandReviewError("E-RULE-TYPE", detail=detail, place=place)
            if rule in changed:
                raise LandReviewError("E-RULE-DUP", detail=f"{rule}: {changed[rule]}", place=place)
            changed[rule] = name


def _refuse_contradictions(pack: RulePack, documents: dict[str, Document], files: dict[str, PackFile]) -> None:
    """An example that does not give what it says: either the rule or the example is wrong, and nobody knows which."""
    for name, document in documents.items():
        for i, rule in enumerate(files[name].rules):
            for outcome in run_examples(pack, rule, rule.valid_from or rule.valid_to or SOME_DAY):
                if not outcome.fits:
                    got = outcome.finding
                    said = f"{rule.id}: {outcome.expected.value} ≠ {got.verdict.value}, {got.area_m2:.2f} m²"
                    place = document.place(("rules", i, "examples", outcome.number - 1))
                    raise LandReviewError("E-RULE-EXAMPLE", detail=said, place=place)
