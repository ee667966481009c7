from __future__ import annotations

import pytest

from desktop.core.messages import Message
from desktop.core.messages import merge
from desktop.core.messages import message


def test_message__order_of_values_does_not_matter() -> None:
    assert message("a", x=1, y="2") == message("a", y="2", x=1)
    assert message("a") == Message("a")


def test_message__may_have_a_value_called_code() -> None:
    assert message("a", code="310105").params == (("code", "310105"),)


def test_merge__ok() -> None:
    assert merge({"a": "1"}, {}, {"b": "2"}) == {"a": "1", "b": "2"}


def test_merge__error_a_code_stands_twice() -> None:
    with pytest.raises(ValueError, match=r"^a\.b$"):
        merge({"a.b": "1"}, {"a.b": "2"})
