"""What the preview of a template says in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from desktop.app.templates.matching import Foreseen
from desktop.app.templates.matching import Matched
from desktop.app.templates.matching import Origin
from desktop.app.templates.matching import match
from desktop.ui.files.template_preview import TemplatePreview
from tests.app.templates.test_matching import PACK
from tests.app.templates.test_matching import ROSTER
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (Origin.SAME, "就是制度包登记的表样"),
        (Origin.KNOWN, "不完全相同"),
        (Origin.PROPOSED, "自动识别"),
    ],
)
def test_preview__says_by_what_it_goes(
    qtbot: QtBot, work: Workplace, origin: Origin, words: str
) -> None:
    found = match(PACK, ROSTER)
    assert isinstance(found, Matched)
    layout = found.layout.replaced(signers={"填表人": "D9"})
    missing = found.form.fields
    preview = TemplatePreview(work)
    qtbot.addWidget(preview)
    preview.show_what(
        replace(found, origin=origin, layout=layout, missing=missing), Foreseen()
    )
    said = child(preview, QLabel, "template.said").text()
    assert words in said
    assert "有 6 项在表样里没有找到位置" in said
    assert "填表人=" in said
    preview.show_what(None, Foreseen())
    assert child(preview, QLabel, "template.said").isHidden()
