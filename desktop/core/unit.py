"""Administrative units: their codes, what a code says, and the unit itself.

A code is 2, 4, 6, 9 or 12 digits: province, prefecture, county (GB/T 2260), township
(GB/T 10114), village or residents' committee (统计用区划代码). What the ranges of the
third and fifth segment mean is taken from public renderings of the coding rules, not
from the standards themselves; where a name contradicts the range, believing the name
is our reading.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import NewType

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

UnitCode = NewType("UnitCode", str)
"""A code without trailing zero segments: `31`, `310105`, `310105001`."""


class UnitLevel(Enum):
    """How high a unit stands; the members run from the top down."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class UnitClass(Enum):
    """The kinds of unit that indicators tell apart; the value is what packs write."""

    PROVINCE = "省级"
    PREFECTURE = "地级市"
    COUNTY = "县(市、区)"
    TOWNSHIP = "乡镇"
    SUBDISTRICT = "街道"
    COMMUNITY = "社区"
    VILLAGE = "行政村"


@frozen
class Former:
    """What a unit was called and belonged to, up to and including a period."""

    name: str
    parent: UnitCode | None
    until: str


@frozen
class Unit:
    """One unit of a tree.

    `parent` is the unit above it in the country, which a ledger need not hold: the
    topmost unit of a ledger names a parent that is not there. `virtual` marks a unit
    that is no administrative division, such as a development zone a county counts
    apart. `since` and `until` are codes of the first and last period it exists in;
    empty where a ledger knows no bound. `statistics_code` is its 统计用区划代码
    of twelve digits, where it is known.
    """

    code: UnitCode
    name: str
    parent: UnitCode | None
    level: UnitLevel
    class_: UnitClass
    virtual: bool = False
    since: str = ""
    until: str = ""
    statistics_code: str = ""
    former: tuple[Former, ...] = ()

    def exists_in(self, period: str) -> bool:
        """Tell whether it exists in a period; codes of periods sort as text."""
        return self.since <= period and (not self.until or period <= self.until)

    def name_in(self, period: str) -> str:
        """Give the name it bore in a period."""
        borne = (past.name for past in self.former if period <= past.until)
        return next(borne, self.name)


_SHAPE: Final = "[1-8][0-9](?:(?!00)[0-9]{2}(?:[0-9]{2}(?:(?!000)[0-9]{3}){0,2})?)?"
"""A code without trailing zero segments; only a county's segment may be zero."""
_STATISTICS_DIGITS: Final = 12
_STARTS: Final[Mapping[int, int]] = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}
"""Where the segments of a code begin, by where they end."""
_LEVEL: Final[Mapping[int, UnitLevel]] = dict(zip(_STARTS, UnitLevel, strict=True))


def parse_unit_code(text: str) -> UnitCode | None:
    """Read a code; None when the text is none.

    Trailing zero segments are left out, so the six- and twelve-digit forms of the
    same unit are one code: `310000` is `31`, `310105001000` is `310105001`. The text
    is taken as it is: blanks and full-width digits are for the caller to repair.
    """
    if len(text) not in _STARTS:
        return None
    while (start := _STARTS[len(text)]) and not text[start:].strip("0"):
        text = text[:start]
    return UnitCode(text) if re.fullmatch(_SHAPE, text) else None


def statistics_code(code: str) -> str:
    """Write a code with the twelve digits statistics give it; nothing for none."""
    return code.ljust(_STATISTICS_DIGITS, "0") if code else ""


def level_of(code: UnitCode) -> UnitLevel:
    """Tell the level from a code's length."""
    return _LEVEL[len(code)]


def ancestors_by_code(code: UnitCode) -> tuple[UnitCode, ...]:
    """Give the codes above a code, nearest first.

    Zero segments are passed over: above 441900003, a subdistrict of a city without
    counties, come 4419 and 44. A code given here need not belong to a unit: 4690 only
    groups the counties directly under a province, and 3101 those of a municipality.
    """
    return tuple(
        UnitCode(code[:end])
        for end, start in reversed(tuple(_STARTS.items()))
        if end < len(code) and code[start:end].strip("0")
    )


def class_of(code: UnitCode, name: str) -> UnitClass:
    """Tell a unit's class from its code and name.

    Townships: 001-099 街道, 100-199 镇, 200-399 乡. Villages: 001-199 居委会, 200-399
    村委会, and by our reading 400-499 and 500-599 the bodies like them. A name that
    says what the unit is outweighs the range: 110105021 is 南磨房乡. Every unit of
    prefecture level is 地级市, autonomous prefectures and leagues with it, since the
    catalogue has no other word for them.
    """
    level = level_of(code)
    if level is UnitLevel.TOWNSHIP:
        return _township_class(int(code[6:9]), plain_name(name))
    if level is UnitLevel.VILLAGE:
        return _village_class(int(code[9:12]), plain_name(name))
    return _UPPER_CLASS[level]


def is_virtual(code: UnitCode, name: str) -> bool:
    """Tell whether a township's code and name speak of no administrative division.

    Statistics give development zones, farms and the like 400-599 (类似乡级单位). A few
    real divisions have such codes too; they are known by their names.
    """
    return (
        level_of(code) is UnitLevel.TOWNSHIP
        and code[6] in "45"
        and not plain_name(name).endswith(_SUBDISTRICT + _TOWNSHIP)
    )


def is_abolished(name: str) -> bool:
    """Tell whether the place-name database marks a unit as no longer existing.

    It does so in the name: 三合乡（撤销）, 岭上乡（2021年撤销）, 五里乡（2022年撤分）.
    """
    return re.search(_MARK, name) is not None


def plain_name(name: str) -> str:
    """Take the mark of abolition off a name."""
    return re.sub(_MARK, "", name)


_UPPER_CLASS: Final[Mapping[UnitLevel, UnitClass]] = {
    UnitLevel.PROVINCE: UnitClass.PROVINCE,
    UnitLevel.PREFECTURE: UnitClass.PREFECTURE,
    UnitLevel.COUNTY: UnitClass.COUNTY,
}
_MARK: Final = r"（[^（）]*撤[^（）]*）$"
_STREETS: Final = range(1, 100)
_COMMITTEES: Final = range(1, 200)
_LIKE_COMMITTEES: Final = range(400, 500)
_SUBDISTRICT: Final = ("街道", "街道办事处")
_TOWNSHIP: Final = ("镇", "乡", "苏木", "区公所")
_COMMUNITY: Final = ("居委会", "居民委员会", "社区")
_VILLAGE: Final = ("村委会", "村民委员会", "嘎查")


def _township_class(number: int, name: str) -> UnitClass:
    if name.endswith(_SUBDISTRICT):
        return UnitClass.SUBDISTRICT
    if name.endswith(_TOWNSHIP):
        return UnitClass.TOWNSHIP
    return UnitClass.SUBDISTRICT if number in _STREETS else UnitClass.TOWNSHIP


def _village_class(number: int, name: str) -> UnitClass:
    if name.endswith(_COMMUNITY):
        return UnitClass.COMMUNITY
    if name.endswith(_VILLAGE):
        return UnitClass.VILLAGE
    urban = number in _COMMITTEES or number in _LIKE_COMMITTEES
    return UnitClass.COMMUNITY if urban else UnitClass.VILLAGE
