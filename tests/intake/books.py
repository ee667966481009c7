"""Workbooks written part by part, so that a test can put anything into them."""

from __future__ import annotations

import io
import zipfile
from typing import Final

Parts = dict[str, bytes]

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DOC: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def relation(number: int, kind: str, target: str, mode: str = "") -> str:
    """Write one relationship."""
    external = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationship Id="rId{number}" Type="{DOC}/{kind}" '
        f'Target="{target}"{external}/>'
    )


def relations(*items: str) -> bytes:
    """Write a part of relationships."""
    inside = "".join(items)
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{inside}</Relationships>'.encode()


def sheet(rows: str = "", after: str = "", before: str = "") -> bytes:
    """Write a sheet; `rows` stand in its data, `after` and `before` around it."""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{DOC}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def strings(*items: str, claim: str = "") -> bytes:
    """Write the shared strings, with whatever they claim to be."""
    inside = "".join(f"<si><t>{item}</t></si>" for item in items)
    return f'{_HEAD}<sst xmlns="{_MAIN}" {claim}>{inside}</sst>'.encode()


def styles(extra: str = "", xfs: str = "<xf/>") -> bytes:
    """Write the styles."""
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">{extra}<fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>"
    ).encode()


def workbook(
    sheets: str = '<sheet name="S" sheetId="1" r:id="rId1"/>', more: str = ""
) -> bytes:
    """Write the workbook part."""
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{DOC}">{more}'
        f"<sheets>{sheets}</sheets></workbook>"
    ).encode()


ROW: Final = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>180.4</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>7</v></c></row>'
)


def parts(**changed: bytes) -> Parts:
    """Give the parts of a sound small workbook, some of them changed."""
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/'
        f'sheet1.xml" ContentType="{TYPE}.worksheet+xml"/><Override PartName="/xl/'
        f'sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/><Override '
        f'PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
    ).encode()
    whole = {
        "types": ("[Content_Types].xml", types),
        "root": (
            "_rels/.rels",
            relations(relation(1, "officeDocument", "xl/workbook.xml")),
        ),
        "book": ("xl/workbook.xml", workbook()),
        "arrows": (
            "xl/_rels/workbook.xml.rels",
            relations(
                relation(1, "worksheet", "worksheets/sheet1.xml"),
                relation(2, "sharedStrings", "sharedStrings.xml"),
                relation(3, "styles", "styles.xml"),
            ),
        ),
        "sheet": ("xl/worksheets/sheet1.xml", sheet(ROW)),
        "strings": ("xl/sharedStrings.xml", strings("甲", "乙")),
        "styles": ("xl/styles.xml", styles()),
    }
    return {name: changed.get(key, text) for key, (name, text) in whole.items()}


def packed(given: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Zip parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in given.items():
            archive.writestr(zipfile.ZipInfo(name), text, method)
    return out.getvalue()


def book(extra: Parts | None = None, /, **changed: bytes) -> bytes:
    """Zip a workbook with changed or additional parts."""
    return packed({**parts(**changed), **(extra or {})})


def part_file(name: str, text: bytes) -> bytes:
    """Zip a workbook with one more part."""
    return book({name: text})


def loose(extra: Parts | None = None, /, **changed: bytes) -> bytes:
    """Store a workbook unpacked, so that nothing is packed too tightly."""
    return packed({**parts(**changed), **(extra or {})}, zipfile.ZIP_STORED)
