from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest

from desktop.export.layout import PAPER
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import OutlineItem

BOX = (10.0, 20.0, 110.0, 35.0)


@pytest.fixture
def pen(tmp_path: Path) -> Pen:
    return Pen(tmp_path / "a.pdf", Fonts(FONTS))


def titles(items: list[OutlineItem]) -> list[Any]:
    return [(item.title, item.is_closed, titles(item.children)) for item in items]


def test_outline__levels_below_each_other(pen: Pen, tmp_path: Path) -> None:
    marks = [("报表", 0), ("甲表", 1), ("甲一", 2), ("乙表", 1), ("指标", 0)]
    for place, (title, level) in enumerate(marks):
        pen.bookmark(f"k{place}", title, level, 100 + place)
        pen.end_page()
    pen.save()

    with pikepdf.open(tmp_path / "a.pdf") as pdf, pdf.open_outline() as outline:
        assert titles(outline.root) == [
            (
                "报表",
                True,
                [("甲表", False, [("甲一", False, [])]), ("乙表", False, [])],
            ),
            ("指标", False, []),
        ]
        assert int(pdf.Root.Outlines.Count) == 2
        assert int(pdf.Root.Outlines.First.Count) == -3
        last: Any = outline.root[1].destination
        assert last[0].objgen == pdf.pages[4].obj.objgen
        assert [str(each) for each in list(last)[1:]] == ["/XYZ", "0", "104", "0"]


def test_link__leads_on_and_back_and_counts_as_printed(
    pen: Pen, tmp_path: Path
) -> None:
    pen.bookmark("here", "此处", 0, 50)
    pen.link("there", BOX)
    pen.end_page()
    pen.bookmark("there", "彼处", 0, 60)
    pen.begin_frame((0.0, 1.0, -1.0, 0.0, 500.0, 40.0))
    pen.link("here", BOX)
    pen.end_frame()
    pen.end_page()
    pen.save()

    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        first, second = (page.obj for page in pdf.pages)
        links: list[Any] = [page.Annots[0] for page in (first, second)]
        assert [link.Dest[0].objgen for link in links] == [second.objgen, first.objgen]
        assert [float(side) for side in links[0].Rect] == [*BOX]
        # Where the frame is turned the box is turned with it.
        assert [float(side) for side in links[1].Rect] == [465, 50, 480, 150]
        assert {int(link.F) for link in links} == {4}
        assert [float(side) for side in first.MediaBox] == pytest.approx(
            [0, 0, *PAPER], abs=1e-4
        )


def test_link__that_leads_nowhere_is_a_bug(pen: Pen) -> None:
    pen.link("nowhere", BOX)
    pen.end_page()

    with pytest.raises(KeyError):
        pen.save()
    pen.close()


def test_outline__without_marks_there_is_none(pen: Pen, tmp_path: Path) -> None:
    pen.end_page()
    pen.save()

    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert "/Outlines" not in pdf.Root
        assert "/PageMode" not in pdf.Root
