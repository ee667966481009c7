"""What is said before a period is written out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.audit.form_states import FormState
from desktop.app.audit.form_states import Progressed
from desktop.ui.files.readiness import readiness

if TYPE_CHECKING:
    from desktop.core.words import Words

DONE = FormState("eci", 3, False, 0, 2, 2, Progressed.DONE)
WRONG = FormState("cef", 3, False, 2, 5, 1, Progressed.WRONG)
EMPTY = FormState("area", 0, False, 0, 0, 0, Progressed.EMPTY, begun=False)


def test_readiness__clean(say: Words) -> None:
    assert readiness(say, [DONE]) == "审核没有发现问题，可以上报。"


def test_readiness__what_is_open_and_not_begun(say: Words) -> None:
    said = readiness(say, [DONE, WRONG, EMPTY])
    assert "2" in said.splitlines()[0]
    assert "4" in said.splitlines()[0], "what is explained is not open"
    assert said.splitlines()[1] == "还有 1 张表没有开始填报。"


def test_readiness__nothing_begun_is_not_called_clean(say: Words) -> None:
    assert "还没有填报" in readiness(say, [EMPTY])


def test_readiness__not_before_the_audit(say: Words) -> None:
    assert "…" in readiness(say, [replace(DONE, audited=False)])
