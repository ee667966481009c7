"""Workbooks that attack, lie or are merely odd, and what is expected of each.

Each case is a file and the code of the message it must be refused with; `None` means it
must be read. A file that stops being refused fails the test as much as one that starts.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.intake.limits import LIMITS
from tests.intake.books import DOC
from tests.intake.books import ROW
from tests.intake.books import TYPE
from tests.intake.books import book
from tests.intake.books import loose
from tests.intake.books import packed
from tests.intake.books import part_file
from tests.intake.books import parts
from tests.intake.books import relation
from tests.intake.books import relations
from tests.intake.books import sheet
from tests.intake.books import strings
from tests.intake.books import styles
from tests.intake.books import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.intake.limits import Limits


def _rows(cells: str) -> bytes:
    return book(sheet=sheet(f'<row r="1">{cells}</row>'))


def _number(text: str) -> bytes:
    return _rows(f'<c r="A1"><v>{text}</v></c>')


def _external(kind: str) -> bytes:
    arrow = relation(9, kind, "file:///etc/passwd", "External")
    return book({"xl/worksheets/_rels/sheet1.xml.rels": relations(arrow)})


def _sheet_target(target: str) -> bytes:
    return book(arrows=relations(relation(1, "worksheet", target)))


def _bomb() -> bytes:
    return part_file("xl/media/image1.bin", bytes(60 * 1024 * 1024))


def _many_bombs() -> bytes:
    zeros = bytes(range(256)) * 4096 * 8
    extra = {f"xl/media/image{n}.bin": zeros for n in range(30)}
    return book(extra)


def _sheet_bomb() -> bytes:
    filler = b" " * (60 * 1024 * 1024)
    return book(sheet=sheet(ROW).replace(b"<sheetData>", b"<sheetData>" + filler))


def _lying_size() -> bytes:
    """State a smaller size than a part unpacks to, everywhere it is stated."""
    data = bytearray(book())
    name = b"xl/worksheets/sheet1.xml"
    local = data.index(name) - 30
    central = data.rindex(name) - 46
    whole = sheet(ROW)
    short = len(whole) - 20
    checksum = zlib.crc32(whole[:short])
    struct.pack_into("<I", data, local + 14, checksum)
    struct.pack_into("<I", data, local + 22, short)
    struct.pack_into("<I", data, central + 16, checksum)
    struct.pack_into("<I", data, central + 24, short)
    return bytes(data)


def _flag(bit: int) -> bytes:
    data = bytearray(book())
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, bit)
    return bytes(data)


def _method(method: int) -> bytes:
    return packed(parts(), method)


def _flip() -> bytes:
    """Flip a bit of stored content: the check sum is wrong then."""
    data = bytearray(packed(parts(), zipfile.ZIP_STORED))
    data[data.index(b"180.4")] ^= 1
    return bytes(data)


def _twice() -> bytes:
    out = io.BytesIO(book())
    # zipfile warns of a second entry of the same name: write it under another.
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheetX.xml", sheet(ROW))
    return out.getvalue().replace(b"sheetX.xml", b"sheet1.xml")


def _overlap() -> bytes:
    """Let the last entry of the directory begin inside another part."""
    data = bytearray(book({"xl/a.xml": b"<a/>" * 30, "xl/b.xml": b"<a/>" * 30}))
    for stem in (b"xl/a.xml", b"xl/b.xml"):
        central = data.rindex(stem) - 46
        if stem == b"xl/a.xml":
            struct.pack_into("<I", data, central + 20, 4000)
    return bytes(data)


def _local_name() -> bytes:
    data = book()
    return data.replace(b"xl/styles.xml", b"xl/stylez.xml", 1)


def _late_directory() -> bytes:
    data = bytearray(book())
    at = data.rindex(b"xl/styles.xml") - 46
    struct.pack_into("<I", data, at + 42, len(data) - 10)
    return bytes(data)


def _before() -> bytes:
    return b"PK\x03\x04 something in front " + book()


def _two_directories() -> bytes:
    one = book()
    comment = b"PK\x05\x06" + bytes(18)
    return one[:-2] + struct.pack("<H", len(comment)) + comment


def _dtd(text: str, part: str = "strings") -> bytes:
    whole = parts()
    name = {
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
        "root": "_rels/.rels",
    }[part]
    head, _, rest = whole[name].partition(b"\n")
    return packed({**whole, name: head + b"\n" + text.encode() + rest})


_LAUGHS: Final = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
    )
    + "]>"
)


def _deep() -> bytes:
    depth = 100_000
    return part_file("xl/deep.xml", b"<a>" * depth + b"</a>" * depth)


def _attributes(count: int) -> bytes:
    inside = " ".join(f'a{n}="1"' for n in range(count))
    return part_file("xl/wide.xml", f"<a {inside}/>".encode())


def _many_sheets() -> bytes:
    entries = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, 10_001)
    )
    return book(book=workbook(entries))


def _merges(count: int) -> bytes:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1))
    return book(sheet=sheet(ROW, f"<mergeCells>{merged}</mergeCells>"))


def _merge(reference: str) -> bytes:
    one = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    return book(sheet=sheet(ROW, one))


def _cells(count: int) -> bytes:
    width = 100
    rows = "".join(
        f'<row r="{row}">' + "<c><v>1</v></c>" * width + "</row>"
        for row in range(1, count // width + 2)
    )
    return loose(sheet=sheet(rows))


def _elements(count: int) -> bytes:
    return loose({"xl/t.xml": b"<r>" + b"<a/>\n" * count + b"</r>"})


def _names(count: int) -> bytes:
    names = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(count))
    return book(book=workbook(more=f"<definedNames>{names}</definedNames>"))


def _utf16() -> bytes:
    text = strings("甲", "乙").decode().replace("UTF-8", "UTF-16")
    return book(strings=text.encode("utf-16"))


def _declared(encoding: str, codec: str) -> bytes:
    text = strings("甲", "乙").decode().replace("UTF-8", encoding)
    return book(strings=text.encode(codec))


def _ole(text: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + text.encode("utf-16-le")


def _main_type(declared: bytes) -> bytes:
    types = parts()["[Content_Types].xml"]
    return book(types=types.replace(f"{TYPE}.sheet.main+xml".encode(), declared))


def _strict() -> bytes:
    return book(
        root=relations(
            relation(1, "officeDocument", "xl/workbook.xml").replace(
                DOC, "http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
        )
    )


def _kind_of_sheet(kind: str) -> bytes:
    return book(arrows=relations(relation(1, kind, "worksheets/sheet1.xml")))


def _same_sheet_twice() -> bytes:
    two = (
        '<sheet name="S" sheetId="1" r:id="rId1"/>'
        '<sheet name="T" sheetId="2" r:id="rId1"/>'
    )
    return book(book=workbook(two))


@dataclass(frozen=True, slots=True)
class Case:
    """A file and the message it must be refused with; None: it must be read."""

    name: str
    make: Callable[[], bytes]
    code: str | None
    limits: Limits = LIMITS


def _case(name: str, code: str | None, make: Callable[[], bytes]) -> Case:
    return Case(name, make, code and f"intake.{code}")


FEW: Final = replace(LIMITS, cells=2_000, elements=8_000)

CASES: Final = (
    _case("sound", None, book),
    _case("stored", None, lambda: packed(parts(), zipfile.ZIP_STORED)),
    _case("utf16", "reader_failed", _utf16),
    # 43: damage
    _case("cut_short", "damaged", lambda: book()[:-200]),
    _case("bit_flipped", "damaged", _flip),
    _case("not_zip", "no_workbook", lambda: b"\x01\x02\x03" * 500),
    _case("empty", "empty_file", lambda: b""),
    _case("directory_points_past", "damaged", _late_directory),
    _case("lying_size", "damaged", _lying_size),
    _case("zip_of_nothing", "damaged", lambda: packed({})),
    _case("other_type", "no_workbook", lambda: _main_type(b"application/xml")),
    _case("other_zip", "no_workbook", lambda: packed({"a.txt": b"x"})),
    # 44 to 47: bombs
    _case("bomb_in_unused_part", "unpacks_too_large", _bomb),
    _case("bomb_in_sheet", "unpacks_too_large", _sheet_bomb),
    _case("bomb_in_all_parts", "unpacks_too_large", _many_bombs),
    _case(
        "false_unique_count",
        None,
        lambda: book(strings=strings("甲", "乙", claim='uniqueCount="2"')),
    ),
    _case(
        "huge_unique_count",
        "reader_failed",
        lambda: book(strings=strings("甲", "乙", claim='uniqueCount="4000000000"')),
    ),
    _case(
        "huge_string",
        "text_too_long",
        lambda: book(strings=strings("x" * 99_999, "乙")),
    ),
    _case(
        "gigantic_string",
        "token_too_long",
        lambda: book(strings=strings("ab" * 400_000, "乙")),
    ),
    # 48 to 51: XML
    _case("billion_laughs", "dtd", lambda: _dtd(_LAUGHS)),
    _case(
        "quadratic",
        "dtd",
        lambda: _dtd('<!DOCTYPE a [<!ENTITY x "' + "y" * 9999 + '">]>'),
    ),
    _case(
        "xxe_file",
        "dtd",
        lambda: _dtd('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "sheet"),
    ),
    _case("dtd_in_relations", "dtd", lambda: _dtd("<!DOCTYPE Relationships>", "root")),
    _case(
        "dtd_in_vml",
        "dtd",
        lambda: part_file("xl/drawings/vml1.vml", b"<!DOCTYPE x><xml/>"),
    ),
    _case("deep", "nested_too_deep", _deep),
    _case(
        "huge_token",
        "token_too_long",
        lambda: loose({"xl/t.xml": b"<a " + b"b" * 9_999_999 + b"/>"}),
    ),
    _case(
        "huge_comment",
        "token_too_long",
        lambda: loose({"xl/t.xml": b"<a><!--" + b"<b " * 999_999 + b"--></a>"}),
    ),
    _case("wide", "token_too_long", lambda: _attributes(200_000)),
    _case("many_attributes", "token_too_long", lambda: _attributes(2_000)),
    _case("open_comment", "broken_xml", lambda: part_file("xl/t.xml", b"<a/><!-- x")),
    _case("half_markup", "broken_xml", lambda: part_file("xl/t.xml", b"<a/><!")),
    _case("broken", "broken_xml", lambda: book(styles=b"<a><b></a>")),
    # 52: extents
    _case(
        "dimension_lie",
        None,
        lambda: book(sheet=sheet(ROW, before='<dimension ref="A1:XFD1048576"/>')),
    ),
    _case(
        "far_cell",
        "cell_too_far",
        lambda: book(
            sheet=sheet(ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
        ),
    ),
    _case(
        "far_empty_cell",
        None,
        lambda: book(sheet=sheet(ROW + '<row r="1048576"><c r="XFD1048576"/></row>')),
    ),
    _case(
        "sparse",
        "cell_too_far",
        lambda: book(
            sheet=sheet(ROW + '<row r="199999"><c r="ALL199999"><v>1</v></c></row>')
        ),
    ),
    Case("many_cells", lambda: _cells(3_000), "intake.too_many_cells", FEW),
    # 53, 54: counts
    _case("many_merges", "too_many_merges", lambda: _merges(50_000)),
    _case("whole_sheet_merged", "odd_merge", lambda: _merge("A1:XFD1048576")),
    _case("backward_merge", "odd_merge", lambda: _merge("C3:A1")),
    _case("merge_of_one", None, lambda: _merge("A1")),
    _case("many_sheets", "too_many_sheets", _many_sheets),
    _case(
        "many_styles",
        "too_many_styles",
        lambda: book(styles=styles(xfs="<xf/>" * 140_000)),
    ),
    _case("many_names", "too_many_names", lambda: _names(30_000)),
    Case("many_elements", lambda: _elements(9_000), "intake.too_many_elements", FEW),
    # 55 to 58: the directory
    _case("part_twice", "part_twice", _twice),
    _case(
        "part_in_capitals",
        "part_twice",
        lambda: part_file("XL/WORKSHEETS/SHEET1.XML", sheet(ROW)),
    ),
    _case("overlap", "parts_overlap", _overlap),
    _case("bytes_in_front", "damaged", _before),
    _case("other_local_name", "damaged", _local_name),
    _case("two_directories", "damaged", _two_directories),
    _case(
        "climbing_name", "odd_part_name", lambda: part_file("../../evil.xml", b"<a/>")
    ),
    _case(
        "absolute_name", "odd_part_name", lambda: part_file("/etc/evil.xml", b"<a/>")
    ),
    _case("drive_name", "odd_part_name", lambda: part_file("C:/evil.xml", b"<a/>")),
    _case(
        "many_parts",
        "too_many_parts",
        lambda: book({f"xl/p{n}.xml": b"<a/>" for n in range(2_100)}),
    ),
    # 59: relationships
    _case(
        "sheet_outside", "outside_target", lambda: _sheet_target("../../../sheet1.xml")
    ),
    _case(
        "sheet_elsewhere", "outside_target", lambda: _sheet_target("file:///c:/x.xml")
    ),
    _case(
        "sheet_missing", "target_missing", lambda: _sheet_target("worksheets/none.xml")
    ),
    _case("image_outside", "outside_target", lambda: _external("image")),
    _case("hyperlink", None, lambda: _external("hyperlink")),
    _case("no_sheets", "no_sheets", lambda: book(book=workbook(""))),
    _case(
        "unknown_sheet",
        "no_sheets",
        lambda: book(book=workbook('<sheet name="S" sheetId="1" r:id="rId77"/>')),
    ),
    _case("same_sheet_twice", "no_sheets", _same_sheet_twice),
    _case("no_main_part", "no_workbook", lambda: book(root=relations())),
    # 60: what no table needs
    _case("macros", "macros", lambda: part_file("xl/vbaProject.bin", b"x")),
    _case(
        "macro_type",
        "macros",
        lambda: _main_type(b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ),
    _case("macro_sheet", "macros", lambda: _kind_of_sheet("xlMacrosheet")),
    _case(
        "external_link",
        "links_to_other_files",
        lambda: part_file("xl/externalLinks/externalLink1.xml", b"<a/>"),
    ),
    _case(
        "external_reference",
        "links_to_other_files",
        lambda: book(
            book=workbook(
                more="<externalReferences><externalReference/></externalReferences>"
            )
        ),
    ),
    _case(
        "embedded",
        "embedded_files",
        lambda: part_file("xl/embeddings/oleObject1.bin", b"x"),
    ),
    _case("activex", "controls", lambda: part_file("xl/activeX/activeX1.xml", b"<a/>")),
    _case(
        "connections", "connections", lambda: part_file("xl/connections.xml", b"<a/>")
    ),
    # 61, 62: other formats, encryption
    _case("password", "password", lambda: _ole("EncryptedPackage")),
    _case("old_excel", "old_excel", lambda: _ole("Workbook")),
    _case(
        "web_page",
        "web_page",
        lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    ),
    _case("renamed_csv", "text_file", "名称,床位\n甲,1\n".encode),
    _case(
        "binary_workbook",
        "other_office_format",
        lambda: part_file("xl/workbook.bin", b"x"),
    ),
    _case(
        "open_document",
        "other_office_format",
        lambda: part_file("content.xml", b"<a/>"),
    ),
    _case("strict", "strict_format", _strict),
    _case("encrypted_flag", "encrypted", lambda: _flag(0x1)),
    _case("bzip2", "odd_packing", lambda: _method(zipfile.ZIP_BZIP2)),
    _case("lzma", "odd_packing", lambda: _method(zipfile.ZIP_LZMA)),
    # 63: encodings
    _case("declared_gbk", "odd_encoding", lambda: _declared("GBK", "gbk")),
    _case("mislabelled_gbk", "odd_encoding", lambda: _declared("UTF-8", "gbk")),
    _case("utf7", "odd_encoding", lambda: _declared("UTF-7", "utf-7")),
    _case("utf16_label_only", "odd_encoding", lambda: _declared("UTF-16", "utf-8")),
    # 65, 66: cells
    _case("infinite", "odd_number", lambda: _number("1e400")),
    _case("no_number", "odd_number", lambda: _number("NaN")),
    _case("million_digits", "odd_number", lambda: _number("9" * 60_000)),
    _case("wide_digits", "odd_number", lambda: _number("１２３")),
    _case("odd_truth", "odd_number", lambda: _rows('<c r="A1" t="b"><v>7</v></c>')),
    _case(
        "cell_twice",
        "cells_out_of_order",
        lambda: _rows('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'),
    ),
    _case(
        "cells_backward",
        "cells_out_of_order",
        lambda: _rows('<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>'),
    ),
    _case(
        "row_of_others", "cells_out_of_order", lambda: _rows('<c r="A9"><v>1</v></c>')
    ),
    _case(
        "no_cell_name", "cells_out_of_order", lambda: _rows('<c r="甲1"><v>1</v></c>')
    ),
    _case(
        "rows_backward",
        "cells_out_of_order",
        lambda: book(sheet=sheet('<row r="2"/><row r="1"/>')),
    ),
    _case("row_zero", "cells_out_of_order", lambda: book(sheet=sheet('<row r="0"/>'))),
    _case(
        "row_no_number", "cells_out_of_order", lambda: book(sheet=sheet('<row r="x"/>'))
    ),
    _case(
        "string_out_of_range",
        "string_missing",
        lambda: _rows('<c r="A1" t="s"><v>99</v></c>'),
    ),
    _case(
        "string_negative",
        "string_missing",
        lambda: _rows('<c r="A1" t="s"><v>-1</v></c>'),
    ),
    _case(
        "long_inline",
        "text_too_long",
        lambda: _rows('<c r="A1" t="str"><v>' + "x<!---->" * 70_000 + "</v></c>"),
    ),
    _case(
        "day_that_is_none",
        "reader_failed",
        lambda: _rows('<c r="A1" t="d"><v>garbage</v></c>'),
    ),
    _case(
        "far_day",
        "readers_disagree",
        lambda: book(
            sheet=sheet('<row r="1"><c r="A1" s="1"><v>-5</v></c></row>'),
            styles=styles(xfs='<xf/><xf numFmtId="14" applyNumberFormat="1"/>'),
        ),
    ),
)

HEAVY: Final = (
    _case("all_cells", "too_many_cells", lambda: _cells(300_100)),
    _case("all_elements", "too_many_elements", lambda: _elements(2_000_100)),
    *(
        case
        for case in CASES
        if case.name.startswith(("bomb", "huge", "gigantic", "far", "sparse", "deep"))
    ),
)
"""The cases that would need most memory; the first two at the real limits."""
