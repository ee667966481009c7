"""Finding a unit by the name people wrote for it, within one ledger's units.

A name is believed when it can only mean one unit. Where it might mean one, the
candidates go to a person: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from unicodedata import normalize

from desktop.core.unit import parse_unit_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.unit import Unit
    from desktop.core.unit import UnitCode


@dataclass(frozen=True, slots=True)
class Matched:
    """The name means this unit.

    `exact` is False where the two names differ in more than blanks, width and
    traditional characters, so that the repair can be shown.
    """

    unit: Unit
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Candidates:
    """The name might mean any of these, one or several; a person decides."""

    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The name resembles no unit."""


UnitMatch: TypeAlias = Matched | Candidates | NoMatch


class UnitMatcher:
    """The names of a ledger's units, made ready for many look-ups."""

    __slots__ = ("_by_code", "_by_statistics", "_named")

    def __init__(self, within: Iterable[Unit]) -> None:
        """Take the units names may mean."""
        self._named = tuple(_Named.of(unit) for unit in within)
        self._by_code = {named.unit.code: named for named in self._named}
        self._by_statistics = {
            named.unit.statistics_code: named.unit for named in self._named
        }

    def match(self, name: str) -> UnitMatch:
        """Find the unit a name or code means.

        Tried in turn: the code; the whole name; the name behind the names of units
        above (上海市长宁区新泾镇); the name without its generic word (新泾 for 新泾镇).
        新泾街道 for 新泾镇, and 华阳街道 for 华阳路街道, are only candidates. So are
        two units where twelve digits are the one's own code and the other's in
        statistics.
        """
        folded = fold(name)
        if not folded:
            return NoMatch()
        coded = self._coded(folded)
        if coded is not None:
            return coded
        return (
            _decide([n for n in self._named if n.folded == folded], exact=True)
            or _decide([n for n in self._named if self._ends(folded, n)], exact=False)
            or _by_stem(folded, self._named)
        )

    def _coded(self, digits: str) -> UnitMatch | None:
        code = parse_unit_code(digits)
        own = self._by_code.get(code) if code is not None else None
        theirs = self._by_statistics.get(digits)
        if own is None:
            return None if theirs is None else Matched(theirs)
        if theirs is None or theirs == own.unit:
            return Matched(own.unit)
        return Candidates((own.unit, theirs))

    def _ends(self, folded: str, named: _Named) -> bool:
        """Tell whether a text is a unit's name behind names of units above it."""
        if not folded.endswith(named.folded):
            return False
        before = folded.removesuffix(named.folded)
        above = self._above(named.unit.parent)
        return before.endswith((above.folded, above.stem) if above else _PLACES)

    def _above(self, code: UnitCode | None) -> _Named | None:
        return None if code is None else self._by_code.get(code)


def match_unit(name: str, within: Sequence[Unit]) -> UnitMatch:
    """Find the unit a name or code means; for many names, keep a `UnitMatcher`."""
    return UnitMatcher(within).match(name)


def fold(name: str) -> str:
    """Fold width, blanks and common traditional characters away."""
    return "".join(normalize("NFKC", name).split()).translate(_SIMPLER)


@dataclass(frozen=True, slots=True)
class _Named:
    """A unit with its name folded and split into stem and generic word."""

    unit: Unit
    folded: str
    stem: str
    generic: str

    @classmethod
    def of(cls, unit: Unit) -> _Named:
        folded = fold(unit.name)
        return cls(unit, folded, *_split(folded))


def _decide(found: Sequence[_Named], *, exact: bool) -> UnitMatch | None:
    match found:
        case []:
            return None
        case [only]:
            return Matched(only.unit, exact)
        case _:
            return Candidates(tuple(named.unit for named in found))


def _by_stem(folded: str, named: Sequence[_Named]) -> UnitMatch:
    """Match by what stands before the generic word."""
    stem, generic = _split(folded)
    same = [n for n in named if n.stem == stem]
    agreeing = [n for n in same if not generic or not n.generic or n.generic == generic]
    alike = same or [n for n in named if _one_begins_the_other(n.stem, stem)]
    fallback = Candidates(tuple(n.unit for n in alike)) if alike else NoMatch()
    return _decide(agreeing, exact=False) or fallback


def _one_begins_the_other(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and longer.startswith(shorter)


def _split(folded: str) -> tuple[str, str]:
    """Split a name into its stem and its generic word, in the word's short form."""
    found = _GENERIC.fullmatch(folded)
    if found is None:
        return folded, ""
    return found["stem"], _SHORT.get(found["word"], found["word"])


_SHORT: Final[Mapping[str, str]] = {
    "街道办事处": "街道",
    "街道办": "街道",
    "镇人民政府": "镇",
    "镇政府": "镇",
    "乡人民政府": "乡",
    "乡政府": "乡",
    "地区办事处": "地区",
    "社区居民委员会": "社区",
    "社区居委会": "社区",
    "居民委员会": "社区",
    "居委会": "社区",
    "村民委员会": "村",
    "村委会": "村",
}
"""Longer ways of writing a generic word; a residents' committee is a 社区."""

_WORDS: Final = (
    *_SHORT,
    *("自治区", "街道", "地区", "新区", "林区", "苏木", "嘎查", "社区"),
    *("省", "市", "区", "县", "州", "盟", "旗", "镇", "乡", "村"),
)
_GENERIC: Final = re.compile(f"(?P<stem>.{{1,}}?)(?P<word>{'|'.join(_WORDS)})")
_PLACES: Final = ("省", "市", "区", "县", "州", "盟", "旗")

_SIMPLER: Final = str.maketrans(
    "東門馬龍鳳橋鎮鄉區縣長寧華陽陰場莊灣島嶺溝澗關廟臺壩貝車廠廣慶豐義樂靈雲"
    "連邊達遠運蓮葉萬國園團興舊會順頭橫樹楊榮槍樓櫃濟濱瀘滬漢漣湯滄滿澤潤瀏"
    "灤爾獅環瑪瓊畢當盧礦禮種穀積窯竇筆箋糧紅紀純納紹細終結經維綠網緒縉"
    "羅羨聖聯聞肅蘆蘇蘭蔣蕭藍虛號補裏見視親覺觀託許設評詩誠語談諸謝"
    "譚護變讓豬財貢貨貴買賀賓賢賽贛趙躍軍輝輪農過還鄒鄧鄭鄖鄰醫釣鈴銀銅"
    "錢錦鍾鎖鐘鐵開間閣閩陝陸陳隊階隱隴雙離雞難電靜韓項須預領頓顏願類"
    "顧風飛飲館駐駱騰驛鮑魯鮮鳥鳴鴨鴻鵝鶴鷹鹽麗麥黃齊龜岡劉創勞勢務動勵"
    "單衆專爲烏賣勝塊墳壽夾奧嬌孫學寶實對導屬崗嶽幹幾庫廈張強彌復",
    "东门马龙凤桥镇乡区县长宁华阳阴场庄湾岛岭沟涧关庙台坝贝车厂广庆丰义乐灵云"
    "连边达远运莲叶万国园团兴旧会顺头横树杨荣枪楼柜济滨泸沪汉涟汤沧满泽润浏"
    "滦尔狮环玛琼毕当卢矿礼种谷积窑窦笔笺粮红纪纯纳绍细终结经维绿网绪缙"
    "罗羡圣联闻肃芦苏兰蒋萧蓝虚号补里见视亲觉观托许设评诗诚语谈诸谢"
    "谭护变让猪财贡货贵买贺宾贤赛赣赵跃军辉轮农过还邹邓郑郧邻医钓铃银铜"
    "钱锦钟锁钟铁开间阁闽陕陆陈队阶隐陇双离鸡难电静韩项须预领顿颜愿类"
    "顾风飞饮馆驻骆腾驿鲍鲁鲜鸟鸣鸭鸿鹅鹤鹰盐丽麦黄齐龟冈刘创劳势务动励"
    "单众专为乌卖胜块坟寿夹奥娇孙学宝实对导属岗岳干几库厦张强弥复",
)
"""Traditional characters common in the names of places; not a full conversion."""
