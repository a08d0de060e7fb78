# SPDX-License-Identifier: GPL-2.0-or-later
"""Write ``docs/result.schema.json`` from the models. Run it after a change of the result's models."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.model import base, case, opinion, problems, result  # noqa: E402
from landreview_plugin.report.json_result import result_schema  # noqa: E402

TARGET = ROOT / "docs" / "result.schema.json"


def schema_text() -> str:
    """The schema as it is committed: pydantic's, with the docstrings of the fields as descriptions."""
    schema = result_schema()
    words = {
        name: text
        for module in (base, case, opinion, problems, result)
        for name, text in field_docstrings(module).items()
    }
    for owner, definition in [("ReviewResult", schema), *schema["$defs"].items()]:
        describe(owner, definition, words)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def describe(owner: str, definition: dict[str, Any], words: dict[tuple[str, str], str]) -> None:
    """Give each property of one definition its docstring."""
    for name, value in definition.get("properties", {}).items():
        text = words.get((owner, name)) or words.get((owner, f"{name}_"))
        if text:
            value["description"] = text


def field_docstrings(module: Any) -> dict[tuple[str, str], str]:
    """(class, field) -> the string that stands below the field in the source."""
    found = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            for field, text in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                    found[node.name, ast.unparse(field.target)] = inspect.cleandoc(ast.literal_eval(text.value))
    return found


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(schema_text().encode("utf-8"))
