"""A shape as an answer: of a building a point or the line around it, of a barrier its line."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from linli.forms.shapes.geometry import Figure, Geometry, from_text, lines, place
from linli.rules import fields as f


@dataclass(frozen=True, slots=True)
class Shape(f.Field):
    """A shape of a file, or in a spreadsheet its WKT; its canonical form is a ``Figure``. ``line`` asks for lines."""

    _: KW_ONLY
    line: bool = False

    def clean(self, raw: object) -> Figure:
        """The figure in degrees of the file’s own datum."""
        shape = raw if isinstance(raw, Geometry) else from_text(str(raw).strip())
        return lines(shape) if self.line else place(shape)
