"""The small files that travel back, 退回单 and 回执, as if anybody had written them.

A file is JSON: what it says, the SHA-256 of that in its one canonical form, and a
signature if there is one. Whatever is odd about it is a message; what is cut short,
altered or invented never becomes a slip or a receipt. The same texts, without digest,
are what a ledger keeps (`desktop.exchange.slip_facts`).
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias

from desktop.core.frozen import frozen
from desktop.core.manifest import Signature
from desktop.core.manifest import canonical_json
from desktop.core.manifest import digest_of
from desktop.core.messages import message
from desktop.core.period import parse_period
from desktop.exchange.slip import About
from desktop.exchange.slip import Agreed
from desktop.exchange.slip import FormLine
from desktop.exchange.slip import Item
from desktop.exchange.slip import PackageState
from desktop.exchange.slip import Receipt
from desktop.exchange.slip import Sender
from desktop.exchange.slip import Slip
from desktop.store.columns import storable

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.core.messages import Message

    _Reader: TypeAlias = Callable[[object], object]

SLIP: Final = "taizhang-slip"
RECEIPT: Final = "taizhang-receipt"
VERSION: Final = 1
SLIP_ENDING: Final = ".tzs"
RECEIPT_ENDING: Final = ".tzr"
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of the largest file that is read: some ten thousand items."""
MOST: Final = 10_000
"""Items of the largest slip."""
LONGEST: Final = 20_000
"""Letters of the longest text."""
HIGHEST: Final = 2**53


class UnfitError(ValueError):
    """The text is JSON, but none of ours."""


class _NewerError(Exception):
    """A later version of the program wrote it."""


@frozen
class Arrived:
    """What a file says, the digest that it says it by, and who stands for it."""

    what: Slip | Receipt
    digest: str
    signature: Signature | None = None


# --- Writing -----------------------------------------------------------------


def data_of(what: Slip | Receipt) -> bytes:
    """Write what a file says, in the one way that digests rest on."""
    format_ = SLIP if isinstance(what, Slip) else RECEIPT
    return canonical_json({"format": format_, "version": VERSION, **_plain(what)})


def to_file(data: bytes, signature: Signature | None = None) -> bytes:
    """Wrap what is said for the way."""
    content: dict[str, object] = {"data": json.loads(data), "digest": digest_of(data)}
    if signature is not None:
        content["signature"] = (signature.scheme, signature.key, signature.value)
    return canonical_json(content)


def _plain(value: object) -> dict[str, object]:
    """Write a value as JSON has it, by the names of its parts."""
    return {
        field.name: _part(getattr(value, field.name))
        for field in fields(value)  # type: ignore[arg-type]  # a frozen value has fields
    }


def _part(part: object) -> object:
    if isinstance(part, PackageState):
        return part.value
    if isinstance(part, tuple):
        return [_part(each) for each in part]
    if part is None or isinstance(part, str | int):
        return part
    return _plain(part)


def item_text(item: Item) -> str:
    """Write an item by itself."""
    return canonical_json(_plain(item)).decode()


def head_text(slip: Slip) -> str:
    """Write a slip without its items."""
    content = {name: part for name, part in _plain(slip).items() if name != "items"}
    return canonical_json(content).decode()


def receipt_text(receipt: Receipt) -> str:
    """Write a receipt by itself."""
    return canonical_json(_plain(receipt)).decode()


# --- Reading -----------------------------------------------------------------


def read_file(data: bytes) -> Arrived | Message:
    """Read a file that travelled, or say why it is none of ours."""
    if len(data) > LARGEST:
        return message("slips.too_large")
    try:
        return _arrived(json.loads(data))
    except _NewerError:
        return message("slips.newer")
    except (ValueError, KeyError, TypeError, RecursionError):
        return message("slips.damaged")


def _arrived(content: object) -> Arrived:
    parts = _keyed(content)
    inner = _keyed(parts["data"])
    format_, version = inner["format"], inner["version"]
    if format_ not in (SLIP, RECEIPT):
        raise UnfitError
    if _number(version) > VERSION:
        raise _NewerError
    digest = _text(parts["digest"])
    if digest_of(canonical_json(inner)) != digest:
        raise UnfitError
    what = slip_of(inner) if format_ == SLIP else receipt_of(inner)
    return Arrived(what, digest, _signature(parts.get("signature")))


def _signature(content: object) -> Signature | None:
    if content is None:
        return None
    scheme, key, value = _texts(content)
    return Signature(scheme, key, value)


def slip_of(content: object) -> Slip:
    """Read a slip.

    Raises:
        ValueError: It is none.
    """
    slip = Slip(**_read(content, _SLIP))
    if len({item.number for item in slip.items}) != len(slip.items):
        raise UnfitError
    return slip


def head_of(text: str) -> Slip:
    """Read a slip without its items.

    Raises:
        ValueError: It is none.
    """
    head = {name: read for name, read in _SLIP.items() if name != "items"}
    return Slip(**_read(_loaded(text), head))


def item_of(text: str) -> Item:
    """Read an item by itself.

    Raises:
        ValueError: It is none.
    """
    return _item(_loaded(text))


def receipt_of(content: object) -> Receipt:
    """Read a receipt.

    Raises:
        ValueError: It is none.
    """
    return Receipt(**_read(content, _RECEIPT))


def receipt_in(text: str) -> Receipt:
    """Read a receipt by itself.

    Raises:
        ValueError: It is none.
    """
    return receipt_of(_loaded(text))


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnfitError from error


def _read(content: object, shape: Mapping[str, _Reader]) -> dict[str, Any]:
    parts = _keyed(content)
    if not parts.keys() >= shape.keys():
        raise UnfitError
    return {name: read(parts[name]) for name, read in shape.items()}


def _keyed(content: object) -> Mapping[str, object]:
    if not isinstance(content, dict):
        raise UnfitError
    return content


def _text(content: object) -> str:
    if not (isinstance(content, str) and len(content) <= LONGEST and storable(content)):
        raise UnfitError
    return content


def _number(content: object) -> int:
    if isinstance(content, bool) or not isinstance(content, int):
        raise UnfitError
    if not 0 <= content < HIGHEST:
        raise UnfitError
    return content


def _flag(content: object) -> bool:
    if not isinstance(content, bool):
        raise UnfitError
    return content


def _texts(content: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _few(content))


def _few(content: object) -> list[object]:
    if not isinstance(content, list) or len(content) > MOST:
        raise UnfitError
    return content


def _seen(content: object) -> tuple[str, ...] | None:
    return None if content is None else _texts(content)


def _day(content: object) -> str:
    day = _text(content)
    if day and date.fromisoformat(day).isoformat() != day:
        raise UnfitError
    return day


def _period(content: object) -> str:
    code = _text(content)
    if parse_period(code) is None:
        raise UnfitError
    return code


def _id(content: object) -> str:
    """Read the id of a slip: names of facts are put together from it."""
    id_ = _text(content)
    if not id_ or "." in id_ or not id_.isascii():
        raise UnfitError
    return id_


def _state(content: object) -> PackageState:
    return PackageState(content)


def _sender(content: object) -> Sender:
    return Sender(**_read(content, _SENDER))


def _about(content: object) -> About:
    return About(**_read(content, _ABOUT))


def _item(content: object) -> Item:
    item = Item(**_read(content, _ITEM))
    if item.number < 1 or bool(item.field) == bool(item.rule):
        raise UnfitError
    return item


def _items(content: object) -> tuple[Item, ...]:
    return tuple(_item(each) for each in _few(content))


def _forms(content: object) -> tuple[FormLine, ...]:
    return tuple(FormLine(**_read(each, _FORM)) for each in _few(content))


def _agreed(content: object) -> tuple[Agreed, ...]:
    return tuple(Agreed(**_read(each, _AGREED)) for each in _few(content))


_SENDER: Final[Mapping[str, _Reader]] = dict.fromkeys(
    ("ledger", "unit", "name", "who"), _text
)
_ABOUT: Final[Mapping[str, _Reader]] = {
    **dict.fromkeys(("ledger", "unit", "unit_name"), _text),
    "period": _period,
    **dict.fromkeys(("period_title", "package", "file"), _text),
    "revision": _number,
}
_ITEM: Final[Mapping[str, _Reader]] = {
    "number": _number,
    **dict.fromkeys(("form", "record", "field", "rule"), _text),
    "fields": _texts,
    "returned": _texts,
    **dict.fromkeys(("reason", "package", "name", "form_title", "field_title"), _text),
    **dict.fromkeys(("level", "says"), _text),
    **dict.fromkeys(("round", "since"), _number),
    "agreed": _seen,
    "here": _flag,
}
_SLIP: Final[Mapping[str, _Reader]] = {
    "id": _id,
    "edition": _number,
    "sender": _sender,
    "about": _about,
    "due": _day,
    "made": _text,
    "waiting": _flag,
    "items": _items,
}
_FORM: Final[Mapping[str, _Reader]] = {
    **dict.fromkeys(("form", "title"), _text),
    "records": _number,
    "nil": _flag,
    **dict.fromkeys(("errors", "warnings", "explained"), _number),
}
_AGREED: Final[Mapping[str, _Reader]] = {
    "slip": _id,
    **dict.fromkeys(("number", "round"), _number),
    "seen": _texts,
}
_RECEIPT: Final[Mapping[str, _Reader]] = {
    "sender": _sender,
    "about": _about,
    "edition": _number,
    "mark": _text,
    "state": _state,
    **dict.fromkeys(("handed", "taken", "made"), _text),
    "accepted": _day,
    "forms": _forms,
    "agreed": _agreed,
}
