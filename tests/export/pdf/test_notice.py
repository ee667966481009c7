from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.export.notice import Column
from desktop.export.notice import Notice
from desktop.export.pdf.notice import write_notice
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
SIDES = (("退回单位（盖章）：", "经办人：", "日期："), ("收到单位（盖章）：", "日期："))
COLUMNS = (Column("序号", 30.0, 40.0, 0), Column("原因", 100.0, 300.0))


def notice(rows: int, *, code: str = "slip|1", summed: bool = False) -> Notice:
    """Give a notice with a number of rows."""
    lines = tuple(
        (str(n), f"第 {n} 处请核对，与上年相差太大") for n in range(1, rows + 1)
    )
    return Notice(
        "退回单",
        "长宁区",
        "2025年",
        (("退回给", "华阳路街道"),),
        COLUMNS,
        lines,
        ("退回只说明问题。",),
        SIDES,
        code=code,
        foot="退回单 1",
        summed=summed,
    )


@pytest.fixture
def text_of(program: Callable[[str], str]) -> Callable[[Path], str]:
    """Read a PDF's words."""

    def read(path: Path) -> str:
        done = subprocess.run(
            [program("pdftotext"), "-layout", path, "-"],
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    return read


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("made", "pages"), [(notice(2), 1), (notice(90, code="", summed=True), 4)]
)
def test_write_notice__all_of_it_and_room_to_sign(
    made: Notice, pages: int, tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    path = tmp_path / "a.pdf"

    written = write_notice(made, path, FONTS)

    text = text_of(path)
    assert text.count("第 1 处请核对") == 1
    assert text.count(f"第 {len(made.rows)} 处请核对") == 1
    last = text.rstrip("\f\n ").split("\f")[-1]
    assert "退回单位（盖章）：" in last
    assert "收到单位（盖章）：" in last
    assert f"第 {written} 页，共 {written} 页" in last
    assert abs(written - pages) <= 1
    again = tmp_path / "b.pdf"
    write_notice(made, again, FONTS)
    assert again.read_bytes() == path.read_bytes()


def test_write_notice__without_rows(
    tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    path = tmp_path / "a.pdf"

    assert write_notice(notice(0), path, FONTS) == 1

    assert "序号" not in text_of(path)


def test_write_notice__no_folder__error(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        write_notice(notice(1), tmp_path / "none" / "a.pdf", FONTS)
