"""Build the region tree we ship, with the pinyin initials people search by.

Usage: python tools/build_regions.py SOURCE OUT

SOURCE is a CSV with the columns code, name, level, parent (as read from the national
place-name database), or a region tree built before, whose initials are then made
anew. The same source and the same pypinyin always give the same bytes.
"""

from __future__ import annotations

import csv
import re
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from pypinyin import Style
from pypinyin import lazy_pinyin

from desktop.core.unit import ancestors_by_code
from desktop.core.unit import is_abolished
from desktop.core.unit import level_of
from desktop.core.unit import parse_unit_code
from desktop.core.unit import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from desktop.core.unit import UnitCode

HEADER: Final = "code\tname\tinitials\n"
MOST_READINGS: Final = 16
"""Names with more combinations of readings keep the first ones."""

READINGS: Final = {
    char: initials
    for initials, chars in {
        "bf": "佛",
        "bm": "泌秘",
        "bp": "堡泊陂埔便扁屏",
        "cd": "澄",
        "cds": "单",
        "cj": "车苴",
        "cq": "仇",
        "cs": "盛沈",
        "cy": "涌",
        "cz": "长重朝藏查曾种枞",
        "dt": "洞调侗峒垌硐",
        "dz": "翟",
        "fm": "宓",
        "fp": "番繁",
        "gh": "蛤",
        "gj": "句贾夹",
        "gjq": "伽龟",
        "gq": "乾",
        "gw": "涡",
        "gx": "呷",
        "gy": "谷",
        "hk": "会",
        "hx": "巷行浒郇",
        "hy": "珲",
        "jl": "角",
        "jq": "将强茄圈湫",
        "jx": "解浚降校系颉",
        "jy": "筠",
        "jz": "咀",
        "kq": "卡",
        "kw": "隗",
        "ln": "弄",
        "lt": "漯",
        "lx": "腊",
        "ly": "乐",
        "ms": "渑",
        "qt": "覃",
        "qx": "栖",
        "qy": "铅",
        "sx": "厦莘宿歙省",
        "sz": "召栅折",
        "wx": "圩",
        "wy": "尉蔚",
        "xy": "叶荥",
    }.items()
    for char in chars
}
"""Initials of characters read in several ways in the names of places; our selection."""


def initials_of(name: str) -> str:
    """Give the pinyin initials of a name, one word for each way of reading it.

    The dictionary's reading of the whole name comes first. Characters no dictionary
    reads have no initial.
    """
    usual = lazy_pinyin(plain_name(name), style=Style.FIRST_LETTER, errors="ignore")
    if len(usual) != len(plain_name(name)):
        usual = [_usual(char) for char in plain_name(name)]
    choices = [
        dict.fromkeys(first + READINGS.get(char, "")) if first else [""]
        for char, first in zip(plain_name(name), usual, strict=True)
    ]
    words = dict.fromkeys("".join(word) for word in product(*choices))
    return " ".join(list(words)[:MOST_READINGS])


def _usual(char: str) -> str:
    return "".join(lazy_pinyin(char, style=Style.FIRST_LETTER, errors="ignore"))


def read_source(path: Path) -> dict[UnitCode, str]:
    """Read the names by code.

    Raises:
        ValueError: A code is malformed or stands twice, or a level or parent is not
            what the code says.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        dialect = "excel-tab" if path.suffix == ".tsv" else "excel"
        rows = list(csv.DictReader(file, dialect=dialect))
    names = {_code(row["code"]): row["name"] for row in rows}
    if len(names) != len(rows):
        raise ValueError("a code stands twice")
    for row in rows:
        _check(row, names)
    return names


def _code(text: str) -> UnitCode:
    code = parse_unit_code(text)
    if code != text:
        raise ValueError(text)
    return code


def _check(row: Mapping[str, str], names: Mapping[UnitCode, str]) -> None:
    """Prove that level and parent need not be shipped: the code says them."""
    code = _code(row["code"])
    if row.get("level", level_of(code).value) != level_of(code).value:
        raise ValueError(row)
    parent = next((above for above in ancestors_by_code(code) if above in names), "")
    if row.get("parent", parent) != parent or re.search(r"\s", row["name"]):
        raise ValueError(row)


def tree_text(names: Mapping[UnitCode, str]) -> str:
    """Write the tree: the living before the abolished, by level, then by code."""
    ordered = sorted(
        names.items(), key=lambda item: (is_abolished(item[1]), len(item[0]), item[0])
    )
    lines = (f"{code}\t{name}\t{initials_of(name)}\n" for code, name in ordered)
    return HEADER + "".join(lines)


def main(arguments: Iterable[str]) -> None:
    """Build one tree from the two paths given."""
    source, out = map(Path, arguments)
    out.write_text(tree_text(read_source(source)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
