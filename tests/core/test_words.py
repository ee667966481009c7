from __future__ import annotations

from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.words import Words
from desktop.core.words import fill

TEMPLATES = {"app.saved": "Saved {count} cells in {name}."}


class Chinese(NullTranslations):
    def gettext(self, message: str) -> str:
        known = {"Saved {count} cells in {name}.": "已保存“{name}”中的 {count} 格。"}
        return known.get(message, message)


def test_message__ok() -> None:
    said = message("app.saved", count=3, name="养老机构")

    assert Words(TEMPLATES).message(said) == "Saved 3 cells in 养老机构."
    assert Words(TEMPLATES, Chinese()).message(said) == "已保存“养老机构”中的 3 格。"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (message("no.such"), "no.such"),
        (message("no.such", b=2, a="x"), "no.such a=x b=2"),
    ],
)
def test_message__error_unknown_code_shows_what_there_is(
    said: Message, shown: str
) -> None:
    assert Words(TEMPLATES).message(said) == shown


def test_call__says_a_label() -> None:
    assert Words({})("Open {name}", name="a.taizhang") == "Open a.taizhang"


@pytest.mark.parametrize(
    "template",
    [
        "{name.__class__}",
        "{0}",
        "{name[0]}",
        "{name!r}",
        "{name:>9999999999}",
        "{",
        "}",
    ],
)
def test_fill__follows_nothing_but_names(template: str) -> None:
    assert fill(template, {"name": "x"}) == template


def test_fill__value_missing_stays_visible() -> None:
    assert fill("{a} {b}", {"a": 1}) == "1 {b}"


@given(st.text(), st.text())
def test_fill__values_are_not_filled_again(first: str, second: str) -> None:
    assert fill("{a}|{b}", {"a": first, "b": second}) == f"{first}|{second}"
