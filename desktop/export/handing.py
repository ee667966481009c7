"""The account that goes with a ledger to a successor or into the archive: its words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export.notice import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.export.notice import Notice

HANDOVER: Final = "台账交接清单"
ARCHIVE: Final = "台账归档清单"
COLUMNS: Final = (
    Column("事项", 52.0, 68.0),
    Column("报告期", 40.0, 50.0),
    Column("内容", 130.0, 196.0),
    Column("说明", 80.0, 116.0),
)
NO_ITEMS: Final = "没有未了事项。"
SAID_HANDOVER: Final = (
    "本清单由程序按台账内容列出，随交接包一并移交。",
    "接收人用本程序打开交接包，核对无误后双方签名。",
    "移交后原台账请不要再填报，以免两本台账各自修改。",
)
SAID_ARCHIVE: Final = (
    "本清单由程序按台账内容列出，随归档件一并保存。归档件只能查看。",
    "没有本程序时，压缩包内的清单和 SQLite 数据库文件也能用通用软件读出。",
)
SIDES_HANDOVER: Final = (
    ("移交单位（盖章）：", "移交人：", "监交人：", "日期："),
    ("接收人（签名）：", "联系电话：", "日期："),
)
SIDES_ARCHIVE: Final = (
    ("归档单位（盖章）：", "经办人：", "日期："),
    ("档案保管人（签名）：", "档号：", "日期："),
)
UNIT: Final = "单位"
LEDGER: Final = "台账"
PERIODS: Final = "报告期"
PACK: Final = "报表制度"
STATE: Final = "数据版本"
RECORDS: Final = "记录数"
WHOLE: Final = "体检结果"
IS_WHOLE: Final = "完好（文件、变更记录、每条记录和单位都逐一核对过）"
IS_NOT_WHOLE: Final = "发现 {count} 个问题，见下表"
BACKUP: Final = "最近备份"
NO_BACKUP: Final = "台账旁边没有找到备份"
OF_BACKUP: Final = "{at}，第 {revision} 版"
KEY: Final = "签名密钥"
NO_KEY: Final = "没有"
LOCKED: Final = "{fingerprint}（设有密码，请当面告知接收人）"
GIVER: Final = "移交人"
TAKER: Final = "接收人"
KEEPER: Final = "经办人"
MADE: Final = "制作时间"
NOTE: Final = "附言"
REVISION: Final = "第 {revision} 版，变更记录 {entries} 条，末条校验 {head}"
FOUND: Final = "体检"
ERROR: Final = "强制性问题"
WARNING: Final = "核实性问题"
UNEXPLAINED: Final = "还没有有效的情况说明"
FLAG: Final = "待复核标记"
RETURNED: Final = "退回未改"
ASIDE: Final = "未计入的上报件"
KEY_OPEN: Final = "密钥未核对"
WORK: Final = "操作记录"
WORKED: Final = "{count} 次操作，{first} 至 {last}"
LATEST: Final = "最近操作"
MORE: Final = "另有 {count} 项，打开台账可查看"


def in_text(notice: Notice) -> str:
    """Write a notice as plain text that any editor shows."""
    return "\r\n".join(_lines(notice)) + "\r\n"


def _lines(notice: Notice) -> Iterator[str]:
    yield notice.title
    yield notice.sender
    yield ""
    for label, value in notice.facts:
        yield f"{label}：{value}"
    yield ""
    for row in notice.rows:
        yield "  ".join(cell.replace("\n", " ") for cell in row if cell)
    yield ""
    yield from notice.said
    for side in notice.sides:
        yield ""
        yield from side
    yield ""
    yield notice.foot
