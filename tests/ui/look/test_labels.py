from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.form_states import Progressed
from desktop.core.findings import Level
from desktop.core.words import Words
from desktop.forms.base import Domain
from desktop.indicators.figures import Status
from desktop.ui.look import labels

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum

SAID: tuple[tuple[type[Enum], Callable[..., str]], ...] = (
    (Level, labels.level),
    (Progressed, labels.state),
    (Status, labels.status),
    (Domain, labels.domain),
)


@pytest.mark.parametrize(("kind", "label"), SAID)
def test_labels__each_value_has_a_chinese_word_of_its_own(
    kind: type[Enum], label: Callable[..., str], say: Words
) -> None:
    said = [label(say, value) for value in kind]
    assert len(set(said)) == len(said)
    assert all(re.fullmatch("[\u4e00-\u9fff、]+", text) for text in said), said


@pytest.mark.parametrize(("kind", "label"), SAID)
def test_labels__english_where_there_is_no_translation(
    kind: type[Enum], label: Callable[..., str]
) -> None:
    assert all(label(Words({}), value).isascii() for value in kind)
