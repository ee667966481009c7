from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone

import pytest

from desktop.export.pdf.archive_words import Description
from desktop.export.pdf.archive_words import sayable

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
WHEN = datetime(2026, 1, 8, 9, 30)  # noqa: DTZ001 - of an unknown zone


def said(made: datetime | None = None, title: str = "a & <b>") -> Description:
    return Description(title, "乡", "2025年", "p 1", "程序", "ReportLab", made)


@pytest.mark.parametrize(
    ("made", "info", "xmp"),
    [
        (WHEN, "D:20260108093000", "2026-01-08T09:30:00"),
        (
            WHEN.replace(tzinfo=UTC),
            "D:20260108093000Z",
            "2026-01-08T09:30:00Z",
        ),
        (
            WHEN.replace(tzinfo=timezone(timedelta(hours=8))),
            "D:20260108093000+08'00'",
            "2026-01-08T09:30:00+08:00",
        ),
        (
            WHEN.replace(tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "D:20260108093000-03'30'",
            "2026-01-08T09:30:00-03:30",
        ),
    ],
)
def test_description__says_the_time_twice_and_alike(
    made: datetime, info: str, xmp: str
) -> None:
    tree = ET.fromstring(said(made).xmp("1", "B"))  # noqa: S314 - ours

    assert said(made).info()["CreationDate"] == info
    assert [node.text for node in tree.iterfind(".//xmp:CreateDate", SPACES)] == [xmp]


def test_description__says_the_same_in_both_places() -> None:
    tree = ET.fromstring(said().xmp("1", "B"))  # noqa: S314 - ours
    info = said().info()

    assert tree.findtext(".//dc:title/rdf:Alt/rdf:li", "", SPACES) == info["Title"]
    assert tree.findtext(".//dc:creator/rdf:Seq/rdf:li", "", SPACES) == info["Author"]
    assert tree.findtext(".//pdf:Keywords", "", SPACES) == info["Keywords"]
    assert tree.findtext(".//pdf:Producer", "", SPACES) == info["Producer"]
    assert tree.findtext(".//xmp:CreatorTool", "", SPACES) == info["Creator"]
    assert tree.find(".//xmp:CreateDate", SPACES) is None


def test_description__what_is_not_said_stands_in_neither_place() -> None:
    nothing = Description("", "", "", "", "", "")
    tree = ET.fromstring(nothing.xmp("1", "B"))  # noqa: S314 - ours

    assert nothing.info() == {}
    assert tree.find(".//dc:title", SPACES) is None
    assert tree.find(".//dc:creator", SPACES) is None
    assert tree.find(".//pdf:Keywords", SPACES) is None


def test_sayable__what_xml_cannot_hold_is_replaced_in_both_places() -> None:
    words = "甲\x07乙\ud800丙\ufffe𬒗\n"
    tree = ET.fromstring(said(title=words).xmp("1", "B"))  # noqa: S314 - ours

    assert sayable(words) == "甲\ufffd乙\ufffd丙\ufffd𬒗\n"
    assert said(title=words).info()["Title"] == sayable(words)
    assert tree.findtext(".//dc:title/rdf:Alt/rdf:li", "", SPACES) == sayable(words)
