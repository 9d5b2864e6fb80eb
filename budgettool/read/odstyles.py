"""The styles of an ods, as far as they change what a cell says: hidden tables, dates without a day, thousands left out, leading zeros, indents."""

from __future__ import annotations

import re

from budgettool.read.growing import CellStyle

PERCENT = CellStyle("0%")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|pc)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72, "pt": 1, "pc": 12}
_LEVEL = 10
"""A level of indent is ten points wide in LibreOffice, and about as wide in Excel."""

_STYLES = frozenset(f"datastyle:{kind}-style" for kind in ("date", "number", "currency", "percentage", "time"))
_DATE_PARTS = {
    "datastyle:day": ("d", "dd"),
    "datastyle:month": ("m", "mm"),
    "datastyle:year": ("yy", "yyyy"),
    "datastyle:quarter": ("q", "q"),
    "datastyle:hours": ("h", "hh"),
    "datastyle:minutes": ("m", "mm"),
}


class Styles:
    """Collects what the tags of `styles.xml` and `content.xml` say, in their order."""

    def __init__(self) -> None:
        self.data: dict[str, str] = {}
        self.by_cell_style: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.indents: dict[str, int] = {}
        self.cells: dict[str, CellStyle] = {}
        self.hidden: set[str] = set()
        self.style = self.data_style = ""
        self.parts: list[str] = []

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "style:style":
            self.style = said.get("style:name", "")
            if said.get("style:family") == "table-cell":
                self.parents[self.style] = said.get("style:parent-style-name", "")
                if "style:data-style-name" in said:
                    self.by_cell_style[self.style] = said["style:data-style-name"]
        elif tag == "style:table-properties" and said.get("table:display") == "false":
            self.hidden.add(self.style)
        elif tag == "style:paragraph-properties" and "xsl-fo-compatible:margin-left" in said:
            self.indents[self.style] = _levels(said["xsl-fo-compatible:margin-left"])
        elif tag in _STYLES:
            self.data_style, self.parts = said.get("style:name", ""), []
        elif self.data_style:
            self._part(tag, said)

    def _part(self, tag: str, said: dict[str, str]) -> None:
        if tag in _DATE_PARTS:
            short, long = _DATE_PARTS[tag]
            self.parts.append("mmmm" if said.get("datastyle:textual") == "true" else long if said.get("datastyle:style") == "long" else short)
        elif tag == "datastyle:number":
            factor, digits = said.get("datastyle:display-factor", "1"), int(said.get("datastyle:min-integer-digits", "1"))
            if factor in ("1000", "1000000", "1000000000"):
                self.parts.append("#,##0" + "," * ((len(factor) - 1) // 3))
            elif digits > 1:
                self.parts.append("0" * min(digits, 30))

    def end(self, tag: str) -> None:
        if tag in _STYLES:
            self.data[self.data_style] = ".".join(self.parts)
            self.data_style = ""

    def hides(self, style: str) -> bool:
        """Whether a table of this style is hidden."""
        return style in self.hidden

    def cell(self, name: str) -> CellStyle:
        """A cell style; what it does not say itself is said by the one that it is made from. Values of an ods are days already."""
        if name not in self.cells:
            chain = self._chain(name)
            data = next((self.by_cell_style[style] for style in chain if style in self.by_cell_style), "")
            indent = next((self.indents[style] for style in chain if style in self.indents), 0)
            self.cells[name] = CellStyle(self.data.get(data, ""), indent)
        return self.cells[name]

    def _chain(self, name: str) -> list[str]:
        chain: list[str] = []
        while name and name not in chain and len(chain) < 20:
            chain.append(name)
            name = self.parents.get(name, "")
        return chain


def _levels(length: str) -> int:
    match = _LENGTH.fullmatch(length)
    return round(float(match[1]) * _POINTS[match[2]] / _LEVEL) if match else 0
