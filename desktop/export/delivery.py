"""报送单: what goes with a submission on paper, so that both ends can sign for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

TITLE: Final = "上报材料报送单"
FILE_HEADS: Final = ("序号", "文件名", "大小", "校验码（前 12 位）")
FORM_HEADS: Final = ("报表", "记录数")
SENDER: Final = (
    "报送单位（盖章）：",
    "填报人：",
    "负责人：",
    "联系电话：",
    "报送日期：",
)
RECEIVER: Final = ("接收单位（盖章）：", "接收人：", "核对结果：", "", "接收日期：")
DAY: Final = "　　　　年　　月　　日"
HINT: Final = (
    "接收时请核对：程序收表时显示的校验码应与上表一致；不一致的，请勿接收并联系报送单位。"
    "本单一式两份，双方各执一份。"
)
CLEAN: Final = "审核没有未处理的问题。"
NIL: Final = "零报告"


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file handed over: its name, its size in words, the letters of its digest."""

    name: str
    size: str
    letters: str


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """Everything a 报送单 says.

    `forms` are titles and how many records each has, in words. `made` is when the
    figures came to stand, `handed` when and `who` by whom they were handed in, and
    `place` where to. `code` is what is printed as a QR code.
    """

    unit: str
    unit_code: str
    period: str
    pack: str
    revision: int
    made: str
    handed: str
    who: str
    place: str
    files: tuple[DeliveredFile, ...]
    forms: tuple[tuple[str, str], ...]
    errors: int = 0
    unexplained: int = 0
    remarks: tuple[str, ...] = ()
    code: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Give what stands above the tables, label and value."""
        return (
            ("报送单位", f"{self.unit}（{self.unit_code}）"),
            ("报告期", self.period),
            ("报表制度", self.pack),
            ("数据版本", f"第 {self.revision} 版（截至 {self.made}）"),
            ("报送", f"{self.handed}　{self.who}"),
            ("方式", self.place),
        )

    @property
    def open(self) -> str:
        """Say what the audit has left open."""
        if not (self.errors or self.unexplained):
            return CLEAN
        return (
            f"审核尚有强制性问题 {self.errors} 个、"
            f"未说明的核实性问题 {self.unexplained} 个，已列在工作簿“审核结果”中。"
        )


def subject(note: DeliveryNote, place: int = 1, count: int = 1) -> str:
    """Write the subject of a mail, which may be one of several."""
    several = f"（第 {place} 封，共 {count} 封）" if count > 1 else ""
    whose = f"{note.unit}　{note.period}"
    return f"【{note.pack}】{whose}　上报材料　第 {note.revision} 版{several}"


def left_rosters(titles: Sequence[str]) -> str:
    """Say which rosters are handed in by their totals alone."""
    return f"名册没有随报，只报合计：{'、'.join(titles)}。"


def in_words(note: DeliveryNote, count: int = 1) -> str:
    """Write a note as plain text, as the body of each of several mails has it."""
    return "\n".join(_lines(note, count)) + "\n"


def _lines(note: DeliveryNote, count: int) -> Iterator[str]:
    yield f"{note.unit} {note.period}上报材料，请查收。"
    yield ""
    for label, value in note.facts:
        yield f"{label}：{value}"
    yield ""
    several = f"（本次共 {count} 封邮件，以下是全部附件，请收齐）" if count > 1 else ""
    yield f"附件{several}："
    for place, file in enumerate(note.files, 1):
        letters = f"，校验码 {file.letters}" if file.letters else ""
        yield f"  {place}. {file.name}（{file.size}{letters}）"
    yield ""
    yield "各表记录数：" + "；".join(f"{title} {count}" for title, count in note.forms)
    yield note.open
    yield from note.remarks
    yield ""
    yield "请用“民生台账”的“收表”接收工作簿；收表时显示的校验码应与上面一致。"
