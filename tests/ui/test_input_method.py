from __future__ import annotations

import os
import sys

import pytest

from desktop.ui.input_method import VARIABLES
from desktop.ui.input_method import choose_input_method


@pytest.mark.parametrize(
    ("variable", "wished", "given"),
    [
        ("QT_IM_MODULE", "fcitx", "ibus"),
        ("QT_IM_MODULE", "fcitx5", "ibus"),
        ("QT_IM_MODULE", "ibus", "ibus"),
        ("QT_IM_MODULE", "compose", "compose"),
        ("QT_IM_MODULES", "wayland;fcitx;ibus", "wayland;ibus"),
        ("QT_IM_MODULES", "wayland;ibus", "wayland;ibus"),
    ],
)
def test_input_method__fcitx_is_reached_the_way_it_also_understands(
    monkeypatch: pytest.MonkeyPatch, variable: str, wished: str, given: str
) -> None:
    for each in VARIABLES:
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(variable, wished)
    choose_input_method()
    assert os.environ[variable] == given


def test_input_method__elsewhere_and_where_none_is_wished_nothing_is_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.setattr(sys, "platform", "win32")
    choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "fcitx"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_IM_MODULE")
    choose_input_method()
    assert "QT_IM_MODULE" not in os.environ
