from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import listed
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.page import Composer
from desktop.export.pdf.pen import Pen
from desktop.export.pdf.table import set_table
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def sheet(count: int, columns: int, strong: frozenset[int] = frozenset()) -> Table:
    heads = (Head("名称"), *(Head(f"床位{n}", str(n)) for n in range(columns)))
    rows = [(f"机构{place}", *("1",) * columns) for place in range(count)]
    return Table(heads, 1, count, listed(rows), strong.__contains__)


def test_table__rows_flow_over_pages(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")

    set_table(sheet(200, 3), composer)

    assert len(composer.pages) == 6


def test_table__panels_stand_on_pages_of_their_own(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")

    set_table(sheet(3, 40), composer)

    assert len(composer.pages) == 5


def test_table__the_last_row_keeps_room_for_what_follows(fonts: Fonts) -> None:
    plain, roomy = Composer(fonts, "t"), Composer(fonts, "t")
    rows = 33

    set_table(sheet(rows, 3), plain)
    set_table(sheet(rows, 3), roomy, tail=200)

    assert len(plain.pages) == 1
    assert len(roomy.pages) == 2
    assert roomy.room > 200


def test_table__a_naming_line_goes_with_the_line_it_names(fonts: Fonts) -> None:
    plain, named = Composer(fonts, "t"), Composer(fonts, "t")

    set_table(sheet(60, 3), plain)
    set_table(sheet(60, 3, frozenset(range(31, 37))), named)

    assert len(plain.pages) == len(named.pages) == 2
    assert named.y < plain.y


def test_table__without_room_for_a_row_begins_on_a_new_page(fonts: Fonts) -> None:
    composer = Composer(fonts, "t")
    composer.skip(composer.room - 40)

    set_table(sheet(1, 3), composer, tail=20)

    assert len(composer.pages) == 2
    assert composer.pages[0].items == ()


def test_table__a_group_wider_than_its_column_is_shortened(
    fonts: Fonts, tmp_path: Path
) -> None:
    group = "基本公共服务设施与人员配置情况"
    heads = (Head("名称"), Head("床位", group=group), Head("人员", group="人员"))
    composer = Composer(fonts, "t")
    set_table(Table(heads, 1, 1, listed([("机构", "1", "2")])), composer)
    pen = Pen(tmp_path / "a.pdf", fonts)

    for draw in composer.pages[0].items:
        draw(pen)
    pen.end_page()
    pen.save()
    pen.close()

    done = subprocess.run(
        ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    )
    text = done.stdout.decode("utf-8")
    assert group[:2] in text
    assert "…" in text
    assert group not in text


def test_table__heads_stand_on_every_page(fonts: Fonts, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    composer = Composer(fonts, "t")
    set_table(sheet(100, 2, frozenset({50})), composer)
    pen = Pen(path, fonts)
    for page in composer.pages:
        for draw in page.items:
            draw(pen)
        pen.end_page()
    pen.save()
    pen.close()

    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    assert len(pages) == len(composer.pages) == 3
    assert all("名称" in page and "床位1" in page for page in pages)
    assert [n for n in range(100) if f"机构{n}\n" not in "".join(pages)] == []


def test_table__of_one_column_has_no_rule_between(fonts: Fonts, tmp_path: Path) -> None:
    composer = Composer(fonts, "t")
    set_table(Table((Head("名称"),), 1, 2, listed([("甲院",), ("乙院",)])), composer)
    pen = Pen(tmp_path / "a.pdf", fonts)
    (draw,) = composer.pages[0].items
    drawn = pen.recorded(lambda: draw(pen))
    pen.close()

    rules = [line for line in drawn.splitlines() if line.endswith(" S")]
    assert [line.split()[0] for line in rules] == ["1.2", "0.35", "1.2"]
