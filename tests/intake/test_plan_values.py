from __future__ import annotations

from desktop.core.messages import message
from desktop.intake.plan_values import ImportOptions
from desktop.intake.plan_values import Remark


def test_options__ask_for_nothing_by_default() -> None:
    options = ImportOptions()

    assert not options.where
    assert not options.constants
    assert not options.units


def test_remark__stands_alone_by_default() -> None:
    assert Remark("name", message("intake.remark", text="甲")).noted == ""
