"""Why a ledger kept under one pack cannot go on under another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.forms.carrying import carries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.messages import Message
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack


def hindrances(old: Pack, new: Pack) -> tuple[Message, ...]:
    """Say everything that keeps a ledger of one pack from going on under another."""
    return tuple(_hindrances(old, new))


def _hindrances(old: Pack, new: Pack) -> Iterator[Message]:
    if old.id != new.id:
        yield message("forms.diff.other_pack", old=old.id, new=new.id)
        return
    if old.period_kind is not new.period_kind:
        kinds = {"old": old.period_kind.value, "new": new.period_kind.value}
        yield message("forms.diff.other_periods", **kinds)
    for form in new.forms:
        before = old.form_by_id.get(form.id)
        if before is not None:
            yield from _of_form(before, form)


def _of_form(old: Form, new: Form) -> Iterator[Message]:
    if old.kind != new.kind:
        yield message("forms.diff.other_form", form=new.id, title=new.title)
        return
    for field in new.fields:
        before = old.by_id.get(field.id)
        if before is not None:
            yield from _of_field(new, before, field)


def _of_field(form: Form, old: Field, new: Field) -> Iterator[Message]:
    place = {"form": form.id, "field": new.id, "title": new.title}
    typed, computed = _typed(old), old.computed is not None
    if (typed and new.computed is not None) or (computed and _typed(new)):
        yield message("forms.diff.computed", **place)
    elif typed and _typed(new) and not carries(old, new):
        yield message("forms.diff.other_kind", **place, old=_kind(old), new=_kind(new))


def _typed(field: Field) -> bool:
    return field.computed is None and field.binds is None


def _kind(field: Field) -> str:
    digits = getattr(field, "digits", None)
    return field.kind if digits is None else f"{field.kind}({digits})"
