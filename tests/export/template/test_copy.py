from __future__ import annotations

from defusedxml.ElementTree import fromstring

from desktop.export.template.book import Book
from desktop.export.template.copy import Copy
from desktop.export.template.copy import Copying
from desktop.export.template.copy import free_names
from desktop.export.template.copy import unselected
from desktop.export.template.copy import without_chain
from tests.export.template_books import packed
from tests.export.template_books import roster_parts


def book_of(old: bytes = b"", new: bytes = b"") -> Book:
    parts = roster_parts()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old, new)
    return Book("x.xlsx", packed(parts))


def test_free_names__none_that_is_there_and_none_too_long() -> None:
    book = book_of("首页".encode(), "续表(2)".encode())
    assert free_names(book, "续表", 2) == ("续表(3)", "续表(4)")
    assert free_names(book, "表" * 31, 1) == ("表" * 28 + "(2)",)


def test_copying__two_copies_have_parts_and_ids_of_their_own() -> None:
    book = book_of()
    adding = Copying(book)
    parts = adding.add([Copy(f"续表({n})", "续表", b"<x/>") for n in (2, 3)])
    assert adding.names == {
        "续表(2)": "xl/worksheets/sheet3.xml",
        "续表(3)": "xl/worksheets/sheet4.xml",
    }
    assert {name for name in parts if "drawing" in name} == {
        f"xl/drawings/{name}"
        for n in (2, 3)
        for name in (
            f"drawing{n}.xml",
            f"_rels/drawing{n}.xml.rels",
            f"vmlDrawing{n}.vml",
        )
    }
    sheets = [*fromstring(parts["xl/workbook.xml"]).iterfind(".//{*}sheet")]
    assert [each.get("sheetId") for each in sheets] == ["1", "2", "3", "4"]
    assert len({value for each in sheets for _, value in each.items()}) == 12
    types = parts["[Content_Types].xml"]
    assert types.count(b"/xl/drawings/drawing3.xml") == 1
    own = parts["xl/worksheets/_rels/sheet4.xml.rels"]
    assert b'Target="/xl/drawings/drawing3.xml"' in own
    shared = parts["xl/drawings/_rels/drawing3.xml.rels"]
    assert b'Target="../media/image1.png"' in shared


def test_copying__names_of_other_sheets_stay_with_them() -> None:
    book = book_of(b'localSheetId="1"', b'localSheetId="0"')
    parts = Copying(book).add([Copy("续表(2)", "续表", b"<x/>")])
    assert parts["xl/workbook.xml"].count(b"<definedName ") == 2


def test_copying__a_name_with_an_apostrophe_and_a_longer_one() -> None:
    quoted = "'续''表'!$A$1,大续表!$B$2".encode()
    old = "续表!$A$1:$D$9".encode()
    parts = roster_parts()
    text = parts["xl/workbook.xml"].replace(old, quoted)
    parts["xl/workbook.xml"] = text.replace(
        'name="续表"'.encode(), 'name="续\'表"'.encode()
    )
    book = Book("x.xlsx", packed(parts))
    made = Copying(book).add([Copy("续'表(2)", "续'表", b"<x/>")])
    assert "'续''表(2)'!$A$1,大续表!$B$2" in made["xl/workbook.xml"].decode()


def test_unselected__only_what_was_selected() -> None:
    assert unselected(b'<a tabSelected="1"/>') == b'<a tabSelected="0"/>'
    assert unselected(b"<a tabSelected='true' b=\"1\"/>") == (
        b"<a tabSelected='0' b=\"1\"/>"
    )
    assert unselected(b'<a x="1"/>') == b'<a x="1"/>'


def test_without_chain__where_nothing_is_declared() -> None:
    parts = roster_parts()
    types = parts["[Content_Types].xml"].replace(b"/xl/calcChain.xml", b"/xl/other.xml")
    changed: dict[str, bytes] = {"[Content_Types].xml": types}
    assert without_chain(book_of(), changed) == {"xl/calcChain.xml"}
    assert changed["[Content_Types].xml"] == types
    assert b"calcChain" not in changed["xl/_rels/workbook.xml.rels"]
