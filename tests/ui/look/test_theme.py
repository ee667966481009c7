from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QLibraryInfo
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontDatabase
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLineEdit

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.ui.look import parts
from desktop.ui.look import theme
from desktop.ui.look import tokens
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import LIGHT
from tests.ui.desks import RESOURCES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def sheet_of_ours(comfort: Comfort | None = None) -> str:
    return theme.style_sheet(RESOURCES / "icons", Appearance(comfort))


LOOKS = [Comfort(theme, size) for theme in Theme for size in TextSize]
EVERY_LOOK = pytest.mark.parametrize(
    "comfort", LOOKS, ids=lambda one: f"{one.theme.value}-{one.text.value}"
)


@EVERY_LOOK
def test_style_sheet__has_no_gap_and_only_colours_of_its_theme(
    comfort: Comfort,
) -> None:
    look, sheet = Appearance(comfort), sheet_of_ours(comfort)
    drawn = re.findall(r"""url\("?([^")]+)"?\)""", sheet)
    assert drawn
    assert all(Path(path).is_file() for path in drawn)
    assert "{{" not in sheet
    assert not re.search(r"\{[a-z_]+\}", sheet)
    assert sheet.count("{") == sheet.count("}")
    ours = [getattr(look.colours, name) for name in look.colours.__match_args__]
    named = {one for one in ours if isinstance(one, str)}
    named |= {one for tone in look.colours.tones for one in (tone.ink, tone.tint)}
    assert set(re.findall(r"#[0-9A-F]{6}\b", sheet)) <= named
    assert look.colours.accent in sheet


def test_style_sheet__letters_grow() -> None:
    sizes = [
        [float(one) for one in re.findall(r"font-size: ([0-9.]+)pt", sheet_of_ours(c))]
        for c in (Comfort(text=size) for size in TextSize)
    ]
    assert sizes[0]
    assert all(a < b < c for a, b, c in zip(*sizes, strict=True))


def test_style_sheet__qt_understands_it(qtbot: QtBot) -> None:
    """Qt warns of a sheet it cannot parse, and a warning fails the test."""
    box = QLineEdit()
    qtbot.addWidget(box)
    box.setStyleSheet(sheet_of_ours())
    box.show()


def test_style_sheet__a_folder_with_blanks_and_brackets_is_found(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """The folder Program Files (x86) has both; Qt warns of a picture it cannot read."""
    icons = tmp_path / "Program Files (x86)" / "图标"
    shutil.copytree(RESOURCES / "icons", icons)
    box = QComboBox()
    qtbot.addWidget(box)
    box.setStyleSheet(theme.style_sheet(icons, Appearance()))
    box.resize(120, 30)
    there = box.grab().toImage()
    box.setStyleSheet(sheet_of_ours())
    assert box.grab().toImage() == there


def test_style_sheet__a_refused_entry_is_seen(qtbot: QtBot) -> None:
    box = QLineEdit("十二个")
    qtbot.addWidget(box)
    box.setStyleSheet(sheet_of_ours())
    box.resize(120, 30)
    plain = box.grab().toImage()
    box.setProperty("wrong", True)
    box.style().unpolish(box)
    box.style().polish(box)
    assert box.grab().toImage() != plain


def test_style_sheet__every_role_the_windows_use_has_a_look() -> None:
    ui = RESOURCES.parent / "desktop" / "ui"
    said = re.compile(r"""parts\.label\([^()\n]*, "([a-z]+)\"""")
    used = {
        role
        for path in ui.rglob("*.py")
        for role in said.findall(path.read_text(encoding="utf-8"))
    }
    sheet = sheet_of_ours()
    assert used
    assert all(f'role="{role}"' in sheet for role in used)


def test_palette__disabled_text_is_fainter() -> None:
    colours = theme.palette(LIGHT)
    disabled, role = QPalette.ColorGroup.Disabled, QPalette.ColorRole
    assert colours.color(role.Text) == QColor(LIGHT.ink)
    assert colours.color(disabled, role.Text) == QColor(LIGHT.disabled)
    assert colours.color(role.Highlight) == QColor(LIGHT.accent)


def test_choose_font__takes_a_wished_chinese_family(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ["Kai", "Noto Sans CJK SC", "Microsoft YaHei"]
    monkeypatch.setattr(QFontDatabase, "families", lambda: there)
    font = theme.choose_font(RESOURCES / "fonts")
    assert font.families() == ["Microsoft YaHei", "Noto Sans CJK SC"]
    assert font.pointSize() == tokens.BASE_POINTS


@pytest.mark.parametrize("there", [[], ["Kai", "DejaVu Sans"]])
def test_choose_font__the_bundled_one_where_none_of_them_is(
    there: list[str], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(QFontDatabase, "families", lambda: there)
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", loaded.append)
    font = theme.choose_font(RESOURCES / "fonts")
    assert font.families() == [theme.OUR_FAMILY]
    assert len(loaded) == 2
    assert all((RESOURCES / "fonts" / name).is_file() for name in theme.BUNDLED)


def test_bundled_font__is_of_the_family_asked_for(qapp: QApplication) -> None:
    number = QFontDatabase.addApplicationFont(
        str(RESOURCES / "fonts" / theme.BUNDLED[0])
    )
    assert theme.OUR_FAMILY in QFontDatabase.applicationFontFamilies(number)
    QFontDatabase.removeApplicationFont(number)


def test_dress__style_font_sheet_and_chinese_buttons(qapp: QApplication) -> None:
    theme.dress(qapp, RESOURCES)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.ground)
    assert qapp.font().pointSize() == tokens.BASE_POINTS
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    label = parts.label("字", "heading")
    label.ensurePolished()
    assert label.font().pointSize() == 11
    assert label.font().weight() == QFont.Weight.DemiBold


def test_speak_chinese__without_qts_translations_all_stays(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[QTranslator] = []
    monkeypatch.setattr(QLibraryInfo, "path", lambda _: "/nowhere")
    monkeypatch.setattr(QApplication, "installTranslator", installed.append)
    theme.speak_chinese(qapp)
    assert installed == []
