from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.cli.import_plan import SHOWN
from tests.cli.desks import typed
from tests.small import ECI
from tests.small import make_ledger
from tests.small import pack_data
from tests.small import pack_of

if TYPE_CHECKING:
    from pathlib import Path


def said(folder: Path, text: str, *more: str) -> str:
    path = folder / "长宁区.taizhang"
    if not path.exists():
        computed = {
            "id": "rest",
            "kind": "integer",
            "title": "其余床位数",
            "computed": "beds_total - beds_nursing",
        }
        beds = {**ECI["groups"][1], "fields": [*ECI["groups"][1]["fields"], computed]}
        form = {**ECI, "groups": [ECI["groups"][0], beds]}
        make_ledger(
            folder, pack_of({**pack_data(), "forms": [form, *pack_data()["forms"][1:]]})
        )
    file = folder / "名单.csv"
    file.write_text(text, "utf-8")
    done = typed(folder, "import", path, file, "--form", "eci", *more)
    assert done.code in (0, 1), done.err
    return done.out


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (
            "街镇,机构名称,总床位数\n华阳路街道,甲院,100\n合计,,99\n",
            "    The table itself states a total of 99 (cell C3): please check",
        ),
        (
            "街镇,机构名称,总床位数,邮编\n华阳路街道,甲院,100,200050\n",
            "  Columns that fit no field, left aside: 邮编",
        ),
        (
            "街镇,机构名称,总床位数,总床位数\n华阳路街道,甲院,100,1\n",
            "  Columns for a field that has one already, left aside: 总床位数",
        ),
        (
            "街镇,机构名称,总床位数,其余床位数\n华阳路街道,甲院,100,1\n",
            "  Columns the ledger computes by itself, left aside: 其余床位数",
        ),
        (
            "街镇,机构名称,总床位数\n天边镇,甲院,100\n",
            "  row 2, 甲院：The ledger has no unit 天边镇.",
        ),
        (
            "街镇,机构名称,总床位数\n华阳路镇,甲院,100\n",
            "  row 2, 甲院: its unit is not certain; kept under the topmost one",
        ),
        (
            "街镇,机构名称,总床位数\n华阳路街道,甲院,多\n",
            "  总床位数: “多” was not taken (1 rows). ",
        ),
        (
            "街镇,机构名称,总床位数\n华阳路街道,甲院,100\n合计,,100\n",
            "  row 3 is no record but a row of totals: 合计",
        ),
        (
            '街镇,机构名称,总床位数\n华阳路街道,甲院,"1,000"\n',
            "  C2, 总床位数: “1,000” read as “1000”",
        ),
        (
            "街镇,机构名称,总床位数\n长宁区华阳路街道,甲院,100\n",
            "  A2, unit: “长宁区华阳路街道” read as “华阳路街道”",
        ),
    ],
)
def test_plan_teller__says_what_needs_a_look(
    tmp_path: Path, table: str, line: str
) -> None:
    assert f"\n{line}" in said(tmp_path, table)


def test_plan_teller__a_column_that_chose_rows_was_not_left_aside(
    tmp_path: Path,
) -> None:
    table = "街镇,机构名称,总床位数,区\n华阳路街道,甲院,100,东\n"
    assert "left aside" not in said(tmp_path, table, "--where", "区=东")


def test_plan_teller__counts_what_does_not_fit_the_screen(tmp_path: Path) -> None:
    rows = "".join(f",院{number},1\n" for number in range(SHOWN + 3))
    out = said(tmp_path, f"街镇,机构名称,总床位数\n{rows}")
    assert out.count("names no unit") == SHOWN
    assert out.endswith("  … and 3 more (see --json)\n")
