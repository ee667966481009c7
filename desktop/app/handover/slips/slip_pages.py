"""退回单 and 回执 as notices to be printed, signed and sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.manifest import PRINTED
from desktop.exchange.lineage import letters
from desktop.exchange.slip import PackageState
from desktop.export import notice as words
from desktop.export.manifest.words import shown
from desktop.export.notice import Column
from desktop.export.notice import Notice

if TYPE_CHECKING:
    from desktop.exchange.slip import FormLine
    from desktop.exchange.slip import Item
    from desktop.exchange.slip import Receipt
    from desktop.exchange.slip import Slip

LONGEST = 300
"""Letters of a text in a cell: what is longer fills pages."""
FEW = 4
"""Cells of a finding that are shown; of more, nobody sees which is meant."""


def slip_notice(slip: Slip, digest: str) -> Notice:
    """Draw up a slip; `digest` is that of its file."""
    about, sender = slip.about, slip.sender
    due = f"{slip.due}{words.BEFORE}" if slip.due else words.NO_DAY
    values = (
        f"{about.unit_name}（{about.unit}）",
        about.period_title,
        f"{about.file}（第 {about.revision} 版）",
        letters(about.package),
        f"{slip.id} 第 {slip.edition} 次发出　{slip.made[:10]}　{sender.who}",
        due,
    )
    narrow = ((24, 28, 0), (52, 76, -1), (52, 84, -1), (60, 96, -1), (44, 70, -1))
    widths = (*narrow, (90, 150, -1))
    columns = tuple(
        Column(title, low, high, align)
        for title, (low, high, align) in zip(words.SLIP_HEADS, widths, strict=True)
    )
    return Notice(
        words.SLIP,
        sender.name,
        about.period_title,
        tuple(zip(words.SLIP_FACTS, values, strict=True)),
        columns,
        tuple(_line(item) for item in slip.items),
        words.SLIP_SAID,
        words.SLIP_SIDES,
        code="|".join(("slip", about.unit, about.period, slip.id, digest[:PRINTED])),
        foot=f"{words.SLIP} {slip.id}　{digest[:PRINTED]}",
    )


def _line(item: Item) -> tuple[str, ...]:
    about = item.field_title
    if item.rule:
        about = f"{about}：{item.says}" if about else item.says
    reason = item.reason
    if item.round > 1:
        reason += words.ROUND.format(count=item.round)
    return (
        str(item.number),
        item.form_title,
        item.name,
        _short(about),
        _short(stood(item)),
        _short(reason),
    )


def stood(item: Item) -> str:
    """Say what stood there when it was sent back: of a cell, and of not too many."""
    cells = item.returned[: len(item.fields)]
    few = cells if len(cells) <= FEW else ()
    return "、".join(shown(cell) if cell else words.BLANK for cell in few)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def receipt_notice(receipt: Receipt, digest: str) -> Notice:
    """Draw up a receipt; `digest` is that of its file."""
    about, sender = receipt.about, receipt.sender
    values = (
        f"{about.unit_name}（{about.unit}）",
        about.period_title,
        about.file,
        f"第 {about.revision} 版",
        letters(about.package),
        about.package,
        _moment(receipt.handed),
        _moment(receipt.taken),
        state_in_words(receipt),
    )
    one, *others = words.RECEIPT_HEADS
    columns = (
        Column(one, 130.0, 190.0),
        *(Column(title, 52.0, 70.0, 1) for title in others),
    )
    rows = [_form(line) for line in receipt.forms]
    rows.append(_sums(receipt.forms))
    return Notice(
        words.RECEIPT,
        sender.name,
        about.period_title,
        tuple(zip(words.RECEIPT_FACTS, values, strict=True)),
        columns,
        tuple(rows),
        words.RECEIPT_SAID,
        words.RECEIPT_SIDES,
        code="|".join(("receipt", about.unit, about.period, about.package[:PRINTED])),
        foot=f"{words.RECEIPT} {letters(about.package)}　{digest[:PRINTED]}",
        summed=True,
    )


def state_in_words(receipt: Receipt) -> str:
    """Say what became of the package."""
    said = words.STATES[list(PackageState).index(receipt.state)]
    return f"{said}　{receipt.accepted}" if receipt.accepted else said


def _form(line: FormLine) -> tuple[str, ...]:
    records = words.NIL if line.nil and not line.records else str(line.records)
    counts = (line.errors, line.warnings, line.explained)
    return line.title, records, *map(str, counts)


def _sums(forms: tuple[FormLine, ...]) -> tuple[str, ...]:
    columns = (
        sum(one.records for one in forms),
        sum(one.errors for one in forms),
        sum(one.warnings for one in forms),
        sum(one.explained for one in forms),
    )
    return words.SUM, *map(str, columns)


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
