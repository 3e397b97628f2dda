"""Bilingual text: Chinese and English stand side by side wherever something is named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class T:
    """One text in both languages of the interface; neither may be empty.

    Raises:
        ValueError: when a language is missing.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"T({self.zh!r}, {self.en!r}): both languages are needed")

    def __str__(self) -> str:
        return self.zh

    def in_(self, lang: str) -> str:
        """The text in ``lang``: Chinese for ``zh…``, English for anything else."""
        return self.zh if lang.lower().startswith("zh") else self.en

    def format(self, **values: object) -> T:
        """Both languages with ``{name}`` places filled; a T among the values is filled in its own language."""
        return T(
            self.zh.format(**{k: v.zh if isinstance(v, T) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, T) else v for k, v in values.items()}),
        )
