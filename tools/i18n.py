# SPDX-License-Identifier: GPL-2.0-or-later
"""``make i18n``: bring i18n/*.ts up to date with the source, compile them, name what is not translated.

The source is read as syntax trees. Qt's own lupdate reads Python as if it were C++: it misses strings after an
apostrophe in a comment, takes examples out of docstrings, and loses a wrong context without a word; here each of
these is an error. Only one spelling counts: ``translate("landreview", "English source")``.
"""

import ast
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from build import ROOT, SOURCE, TARGET, translate

CONTEXT = "landreview"
NAMES = ("translate", "QT_TRANSLATE_NOOP")
FOLDERS = (SOURCE, ROOT / "processing_scripts")
TRANSLATIONS = ROOT / "i18n"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def messages() -> tuple[dict[str, bool], list[str]]:
    """Every source string (True: with a plural), and what is spelled so that it would never show."""
    found: dict[str, bool] = {}
    faults = []
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.py")):
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{path.relative_to(ROOT)}:{call.lineno}"
            context, source = [ast.literal_eval(a) if isinstance(a, ast.Constant) else None for a in call.args[:2]]
            if context != CONTEXT:
                faults.append(f'{place}: the context must be the literal "{CONTEXT}"')
            elif not isinstance(source, str):
                faults.append(f"{place}: the text must be a literal, no f-string and no variable")
            else:
                found[source] = found.get(source, False) or len(call.args) > 3
    return found, faults


def calls(tree: ast.Module) -> list[ast.Call]:
    """Calls of translate and QT_TRANSLATE_NOOP with at least context and text."""
    every = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) >= 2]
    return [node for node in every if getattr(node.func, "id", getattr(node.func, "attr", "")) in NAMES]


def known(path: Path) -> dict[str, list[str]]:
    """Source string → translation; several forms for plurals."""
    if not path.is_file():
        return {}
    result = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.get("type") not in ("obsolete", "vanished"):
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            result[message.findtext("source", "")] = forms
    return result


def write(path: Path, found: dict[str, bool], translations: dict[str, list[str]], language: str) -> list[str]:
    """Write one .ts; returns what is not translated."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    missing = []
    for source, plural in sorted(found.items()):
        message = ElementTree.SubElement(context, "message", {"numerus": "yes"} if plural else {})
        ElementTree.SubElement(message, "source").text = source
        forms = [form for form in translations.get(source, []) if form]
        translation = ElementTree.SubElement(message, "translation", {} if forms else {"type": "unfinished"})
        if plural:
            for form in forms or [""]:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0] if forms else ""
        if not forms:
            missing.append(source)
    ElementTree.indent(root, "    ")
    path.write_text(HEAD + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return missing


def main() -> int:
    """1 when something is spelled wrong or not translated."""
    found, faults = messages()
    path = TRANSLATIONS / "landreview_zh_CN.ts"
    path.parent.mkdir(exist_ok=True)
    missing = write(path, found, known(path), "zh_CN")
    translate(TARGET / "resources" / "i18n")
    print(*faults, *(f"not translated: {source}" for source in missing), sep="\n")
    print(f"{path.relative_to(ROOT)}: {len(found)} texts, {len(missing)} not translated")
    return 1 if faults or missing else 0


if __name__ == "__main__":
    sys.exit(main())
