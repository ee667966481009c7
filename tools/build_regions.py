"""Build the region tree we ship, with the pinyin initials people search by.

Usage: python tools/build_regions.py SOURCE OUT [STATISTICS...]

SOURCE is a CSV with the columns code, name, level, parent (as read from the national
place-name database), or a region tree built before, whose initials are then made
anew. STATISTICS are CSVs with the columns code and name: the units as the National
Bureau of Statistics has them. The same sources and the same pypinyin always give the
same bytes.
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

HEADER: Final = "code\tname\tinitials\tstatistics\n"
SAME: Final = "="
"""Statistics use the same code."""
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


def read_matched(path: Path) -> dict[str, str]:
    """Read the statistics' codes of a tree built before; none of another source."""
    if path.suffix != ".tsv":
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, dialect="excel-tab")
        return {row["code"]: row.get("statistics") or "" for row in rows}


def match_statistics(
    names: Mapping[UnitCode, str], files: Iterable[Path]
) -> dict[str, str]:
    """Give the statistics' code of each unit that both systems have.

    A township is the same where its name is that of one township of the same county; a
    higher unit where code and name are. What only resembles a unit is left open.
    """
    theirs: dict[str, str] = {}
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            theirs |= {row["code"]: row["name"] for row in csv.DictReader(file)}
    by_name: dict[tuple[str, str], list[str]] = {}
    for code, name in theirs.items():
        by_name.setdefault((code[:_COUNTY_DIGITS], name), []).append(code)
    return {
        code: SAME if found == [code] else found[0]
        for code, name in names.items()
        if len(found := _called(by_name, theirs, code, name)) == 1
    }


_COUNTY_DIGITS: Final = 6


def _called(
    by_name: Mapping[tuple[str, str], list[str]],
    theirs: Mapping[str, str],
    code: str,
    name: str,
) -> list[str]:
    if len(code) <= _COUNTY_DIGITS:
        return [code] if theirs.get(code) == name else []
    return by_name.get((code[:_COUNTY_DIGITS], name), [])


def tree_text(names: Mapping[UnitCode, str], statistics: Mapping[str, str]) -> str:
    """Write the tree: the living before the abolished, by level, then by code."""
    ordered = sorted(
        names.items(), key=lambda item: (is_abolished(item[1]), len(item[0]), item[0])
    )
    lines = (
        f"{code}\t{name}\t{initials_of(name)}\t{statistics.get(code, '')}\n"
        for code, name in ordered
    )
    return HEADER + "".join(lines)


def main(arguments: Iterable[str]) -> None:
    """Build one tree from the two paths given."""
    source, out, *others = map(Path, arguments)
    names = read_source(source)
    matched = match_statistics(names, others) if others else read_matched(source)
    out.write_text(tree_text(names, matched), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
