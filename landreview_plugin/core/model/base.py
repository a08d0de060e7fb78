# SPDX-License-Identifier: GPL-2.0-or-later
"""What every model of the house shares: frozen, strict about keys, bilingual texts."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A value: it never changes after it was made, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Language(StrEnum):
    """The two languages that every text of the house exists in."""

    ZH = "zh"
    EN = "en"


class Text(Model):
    """One text in both languages."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """The text in ``language``."""
        return self.zh if language is Language.ZH else self.en

    @classmethod
    def same(cls, text: str) -> Text:
        """A text that needs no translation: a name, a number, a path."""
        return cls(zh=text, en=text)
