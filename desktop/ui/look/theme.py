"""Fonts, palette and style sheet, generated from the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QLibraryInfo
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontDatabase
from PySide6.QtGui import QPalette

from desktop.ui.look import tokens

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

FAMILIES: Final = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Chinese families in the order they are wished for."""
OUR_FAMILY: Final = "Noto Sans SC"
BUNDLED: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def dress(application: QApplication, resources: Path) -> None:
    """Give the application, made in the style Fusion, its font, colours and Chinese."""
    application.setPalette(palette())
    application.setFont(choose_font(resources / "fonts"))
    speak_chinese(application)


def cover(application: QApplication, resources: Path) -> None:
    """Lay the style sheet over all there is, unless that is done.

    Just before the first window shows itself: while it is put together, a sheet would
    look at each part again with each part it is put into.
    """
    sheet = style_sheet(resources / "icons")
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)


def speak_chinese(application: QApplication) -> None:
    """Load Qt's translation of its own buttons and menus."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)


def choose_font(fonts: Path) -> QFont:
    """Choose a Chinese font; the bundled one is loaded only where there is none."""
    there = set(QFontDatabase.families())
    wished = [name for name in FAMILIES if name in there]
    if not wished:
        # Fonts that merely contain Chinese characters mix badly; ours costs 0.1 s.
        for name in BUNDLED:
            QFontDatabase.addApplicationFont(str(fonts / name))
        wished = [OUR_FAMILY]
    font = QFont()
    font.setFamilies(wished)
    font.setPointSize(tokens.BASE_POINTS)
    return font


def palette() -> QPalette:
    """Build the light palette."""
    colours = QPalette()
    role = QPalette.ColorRole
    for where, name in (
        (role.Window, tokens.GROUND),
        (role.WindowText, tokens.INK),
        (role.Base, tokens.PAPER),
        (role.AlternateBase, tokens.GROUND),
        (role.Text, tokens.INK),
        (role.Button, tokens.PAPER),
        (role.ButtonText, tokens.INK),
        (role.Highlight, tokens.ACCENT),
        (role.HighlightedText, tokens.PAPER),
        (role.ToolTipBase, tokens.PAPER),
        (role.ToolTipText, tokens.INK),
        (role.PlaceholderText, tokens.FAINT),
        (role.Link, tokens.ACCENT),
        (role.Mid, tokens.LINE),
    ):
        colours.setColor(where, QColor(name))
    disabled = QPalette.ColorGroup.Disabled
    for where in (role.Text, role.ButtonText, role.WindowText):
        colours.setColor(disabled, where, QColor(tokens.FAINT))
    return colours


def style_sheet(icons: Path) -> str:
    """Write the style sheet; it draws the arrows of boxes from the icons."""
    return _SHEET.format(
        ink=tokens.INK,
        muted=tokens.MUTED,
        faint=tokens.FAINT,
        paper=tokens.PAPER,
        ground=tokens.GROUND,
        sunken=tokens.SUNKEN,
        line=tokens.LINE,
        strong=tokens.STRONG_LINE,
        accent=tokens.ACCENT,
        dark=tokens.ACCENT_DARK,
        tint=tokens.ACCENT_TINT,
        rail=tokens.RAIL,
        rail_ink=tokens.RAIL_INK,
        rail_chosen=tokens.RAIL_CHOSEN,
        selection=tokens.SELECTION,
        error=tokens.ERROR.ink,
        error_tint=tokens.ERROR.tint,
        good=tokens.GOOD.ink,
        radius=tokens.RADIUS,
        icons=icons.as_posix(),
    )


_SHEET: Final = """
QToolTip {{ color: {ink}; background: {paper}; border: 1px solid {strong};
  padding: 5px 7px; }}
QMenuBar {{ background: {paper}; border-bottom: 1px solid {line}; padding: 1px 6px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {tint}; }}
QMenu {{ background: {paper}; border: 1px solid {strong}; padding: 4px; }}
QMenu::item {{ padding: 6px 28px 6px 14px; border-radius: 4px; }}
QMenu::item:selected {{ background: {tint}; color: {ink}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QStatusBar {{ background: {paper}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: none; }}

QPushButton, QToolButton[frame="true"] {{ background: {paper}; color: {ink};
  border: 1px solid {strong}; border-radius: {radius}px; padding: 5px 14px;
  min-height: 18px; }}
QPushButton:hover, QToolButton[frame="true"]:hover {{ background: {tint};
  border-color: {accent}; }}
QPushButton:pressed {{ background: {selection}; }}
QPushButton:focus, QToolButton[frame="true"]:focus {{ border: 2px solid {accent};
  padding: 4px 13px; }}
QPushButton:disabled, QToolButton[frame="true"]:disabled {{ color: {faint};
  background: {ground}; border-color: {line}; }}
QPushButton[primary="true"] {{ background: {accent}; color: {paper};
  border-color: {accent}; }}
QPushButton[primary="true"]:hover {{ background: {dark}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {ink}; }}
QPushButton[primary="true"]:disabled {{ background: {strong}; border-color: {strong};
  color: {paper}; }}
QPushButton[big="true"] {{ padding: 10px 16px; font-size: 11pt; text-align: left; }}
QPushButton[link="true"] {{ background: transparent; border: 1px solid transparent;
  color: {accent}; padding: 3px 6px; text-align: left; }}
QPushButton[link="true"]:hover {{ background: {tint}; }}
QPushButton[link="true"]:focus {{ border: 1px solid {accent}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{ background: {paper}; color: {ink};
  border: 1px solid {strong}; border-radius: 4px; padding: 3px 7px;
  selection-background-color: {accent}; selection-color: {paper}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 2px solid {accent}; padding: 2px 6px; }}
QLineEdit:disabled, QLineEdit[readOnly="true"] {{ background: {sunken};
  color: {muted}; border-color: {line}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {error};
  background: {error_tint}; padding: 2px 6px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{icons}/down.svg"); width: 12px; height: 12px; }}
QTabWidget::pane {{ border: 1px solid {line}; border-radius: 4px; top: -1px; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 6px 13px;
  border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom: 2px solid {accent};
  font-weight: 600; }}
QTabBar::tab:focus {{ background: {tint}; }}
QTabWidget > QTreeView {{ border: none; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {strong};
  selection-background-color: {tint}; selection-color: {ink}; outline: none; }}
QCheckBox {{ spacing: 7px; }}
QCheckBox:focus {{ color: {accent}; }}
QProgressBar {{ border: none; background: {sunken}; border-radius: 4px; height: 8px;
  text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}

QTableView, QTreeView, QListView, QListWidget {{ background: {paper};
  border: 1px solid {line}; outline: none; gridline-color: {line};
  selection-background-color: {selection}; selection-color: {ink}; }}
QTreeView::item, QListView::item {{ padding: 4px 6px;
  border: 1px solid transparent; }}
QListView#forms::item {{ padding: 0; border: none; }}
QTreeView::item:selected, QListView::item:selected {{ background: {selection};
  color: {ink}; }}
QTableView[padded="true"]::item {{ padding: 0 8px; border: none;
  border-bottom: 1px solid {line}; }}
QTableView#grid {{ border: none; border-top: 1px solid {line}; }}
QTableView#frozen {{ border: none; border-right: 2px solid {strong}; }}
QHeaderView::section {{ background: {sunken}; color: {muted}; border: none;
  border-right: 1px solid {line}; border-bottom: 1px solid {strong};
  padding: 5px 8px; }}
QTableCornerButton::section {{ background: {sunken}; border: none;
  border-right: 1px solid {line}; border-bottom: 1px solid {strong}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {strong}; border-radius: 4px; margin: 2px;
  min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {line}; }}
QScrollArea {{ border: none; background: transparent; }}

#rail {{ background: {rail}; }}
#rail QToolButton {{ color: {rail_ink}; background: transparent; border: none;
  border-left: 3px solid transparent; border-radius: 0; padding: 9px 2px 8px 0; }}
#rail QToolButton:hover {{ background: {rail_chosen}; }}
#rail QToolButton:checked {{ background: {rail_chosen}; color: {paper};
  border-left: 3px solid #7FD0E6; font-weight: 600; }}
#rail QToolButton:focus {{ border: 1px solid #7FD0E6; border-left: 3px solid #7FD0E6; }}
#header {{ background: {paper}; border-bottom: 1px solid {line}; }}
#page {{ background: {ground}; }}
*[surface="true"] {{ background: {paper}; border: 1px solid {line};
  border-radius: {radius}px; }}
QLabel[role="title"] {{ font-size: 15pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: 11pt; font-weight: 600; }}
QLabel[role="section"] {{ color: {accent}; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="faint"] {{ color: {faint}; font-size: 9pt; }}
QLabel[role="fault"] {{ color: {error}; background: {error_tint};
  border: 1px solid {error}; border-radius: 4px; padding: 6px 9px; }}
QLabel[role="good"] {{ color: {good}; }}
QLabel[role="bad"] {{ color: {error}; font-weight: 600; }}
QLabel[role="figure"] {{ font-size: 17pt; font-weight: 600; }}
"""
