"""Fonts, palette and style sheet, generated from the colours and the text size."""

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
from desktop.ui.look.colours import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from desktop.ui.look.appearance import Appearance
    from desktop.ui.look.colours import Colours

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
ICON: Final = 16
"""Side of the icons in buttons and lists."""
LETTER: Final = 20
"""Height of a line of text: boxes that are short of room keep it."""
BUNDLED: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def dress(application: QApplication, resources: Path) -> None:
    """Give the application, made in the style Fusion, its font, colours and Chinese."""
    application.setPalette(palette(LIGHT))
    application.setFont(choose_font(resources / "fonts"))
    speak_chinese(application)


def tint(application: QApplication, look: Appearance) -> None:
    """Give the application the colours and the text size of a look."""
    now, colours = application.palette(), palette(look.colours)
    if any(now.color(role) != colours.color(role) for role in _TELLING):
        application.setPalette(colours)
    font = application.font()
    if font.pointSizeF() != look.points():
        font.setPointSizeF(look.points())
        application.setFont(font)


def cover(application: QApplication, resources: Path, look: Appearance) -> None:
    """Lay the style sheet over all there is, unless that is done.

    Just before the first window shows itself: while it is put together, a sheet would
    look at each part again with each part it is put into.
    """
    tint(application, look)
    sheet = style_sheet(resources / "icons", look)
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


def palette(colours: Colours) -> QPalette:
    """Build the palette: what Qt draws by itself follows it."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, name in (
        (role.Window, colours.ground),
        (role.WindowText, colours.ink),
        (role.Base, colours.paper),
        (role.AlternateBase, colours.ground),
        (role.Text, colours.ink),
        (role.Button, colours.paper),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.error.ink),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.ToolTipBase, colours.paper),
        (role.ToolTipText, colours.ink),
        (role.PlaceholderText, colours.faint),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Light, colours.paper),
        (role.Midlight, colours.sunken),
        (role.Mid, colours.line),
        (role.Dark, colours.strong_line),
        (role.Shadow, colours.strong_line),
    ):
        made.setColor(where, QColor(name))
    disabled = QPalette.ColorGroup.Disabled
    for where in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(disabled, where, QColor(colours.disabled))
    return made


def style_sheet(icons: Path, look: Appearance) -> str:
    """Write the style sheet; it draws the arrows of boxes from the icons."""
    colours = look.colours
    single = {
        name: shade
        for name in colours.__match_args__
        if isinstance(shade := getattr(colours, name), str)
    }
    tones = "".join(
        _TONE.format(name=tone.icon, ink=tone.ink, tint=tone.tint)
        for tone in colours.tones
    )
    points = {name: f"{look.points(more):g}pt" for name, more in _POINTS.items()}
    rules = _SHEET.format(
        **single,
        **points,
        error_ink=colours.error.ink,
        error_tint=colours.error.tint,
        good_ink=colours.good.ink,
        icon=look.px(ICON),
        letter=look.px(LETTER),
        indent=look.px(ICON) + 12,
        dot=2 * look.px(ICON // 2),
        ring=look.px(ICON // 2) + 1,
        spot=2 * look.px(ICON // 2) - 8,
        radius=tokens.RADIUS,
        icons=icons.as_posix(),
    )
    return rules + tones


_TELLING: Final = (
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Mid,
    QPalette.ColorRole.Highlight,
)
"""Roles in which the palettes differ."""
_POINTS: Final[Mapping[str, float]] = {
    "small": -1,
    "head": 1,
    "large": 5,
    "figure": 7,
    "name": 12,
}
"""How many points more than plain text the letters of a kind have."""
_TONE: Final = """
QLabel[badge="{name}"] {{ color: {ink}; background: {tint}; border-radius: 4px;
  padding: 3px 8px; font-weight: 600; }}
QFrame[tone="{name}"] {{ background: {tint}; border-left: 3px solid {ink};
  border-radius: 4px; }}
QLabel[tone="{name}"] {{ color: {ink}; background: transparent; border: none; }}
"""
_SHEET: Final = """
QToolTip {{ color: {ink}; background: {paper}; border: 1px solid {strong_line};
  padding: 5px 7px; }}
QMenuBar {{ background: {paper}; border-bottom: 1px solid {line}; padding: 1px 6px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {accent_tint}; }}
QMenu {{ background: {paper}; border: 1px solid {strong_line}; padding: 4px; }}
QMenu::item {{ padding: 6px 28px 6px {indent}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_tint}; color: {ink}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QStatusBar {{ background: {paper}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: none; }}

QPushButton, QToolButton[frame="true"] {{ background: {paper}; color: {ink};
  border: 1px solid {edge}; border-radius: {radius}px; padding: 5px 14px;
  min-height: 18px; }}
QPushButton:hover, QToolButton[frame="true"]:hover {{ background: {accent_tint};
  border-color: {accent}; }}
QPushButton:pressed, QPushButton:checked {{ background: {selection};
  border-color: {accent}; }}
QPushButton:focus, QToolButton[frame="true"]:focus {{ border: 2px solid {accent};
  padding: 4px 13px; }}
QPushButton:disabled, QToolButton[frame="true"]:disabled {{ color: {disabled};
  background: {ground}; border-color: {line}; }}
QPushButton[primary="true"] {{ background: {accent}; color: {on_accent};
  border-color: {accent}; }}
QPushButton[primary="true"]:hover {{ background: {accent_deep}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {ink}; }}
QPushButton[primary="true"]:disabled {{ background: {sunken}; border-color: {line};
  color: {disabled}; }}
QPushButton[big="true"] {{ padding: 10px 16px; font-size: {head}; text-align: left; }}
QPushButton[tool="true"] {{ padding: 5px 10px; }}
QPushButton[tool="true"]:focus {{ padding: 4px 9px; }}
QPushButton[link="true"] {{ background: transparent; border: 1px solid transparent;
  color: {accent}; padding: 3px 6px; text-align: left; }}
QPushButton[link="true"]:hover {{ background: {accent_tint}; }}
QPushButton[link="true"]:focus {{ border: 1px solid {accent}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{ background: {paper}; color: {ink};
  border: 1px solid {edge}; border-radius: 4px; padding: 3px 7px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit, QComboBox {{ min-height: {letter}px; }}
QComboBox QLineEdit {{ min-height: 0; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 2px solid {accent}; padding: 2px 6px; }}
QLineEdit[below="true"] {{ border: none; border-top: 1px solid {line};
  border-radius: 0; padding: 5px 9px; }}
QLineEdit[below="true"]:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QLineEdit:disabled, QLineEdit[readOnly="true"] {{ background: {sunken};
  color: {muted}; border-color: {line}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {error_ink};
  background: {error_tint}; padding: 2px 6px; }}
QLineEdit[absent="true"], QComboBox[absent="true"] {{ color: {muted};
  font-style: italic; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{icons}/down-{drawn}.svg"); width: 12px;
  height: 12px; }}
QTabWidget::pane {{ border: 1px solid {line}; border-radius: 4px; top: -1px; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 6px 13px;
  border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom: 2px solid {accent};
  font-weight: 600; }}
QTabBar::tab:focus {{ background: {accent_tint}; }}
QTabWidget > QTreeView {{ border: none; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {strong_line};
  selection-background-color: {accent_tint}; selection-color: {ink}; outline: none; }}
QCheckBox, QRadioButton {{ spacing: 7px; padding: 2px; border: 1px solid transparent;
  border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {accent}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: {icon}px;
  height: {icon}px; background: {paper}; border: 1px solid {edge};
  border-radius: 4px; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
  background: {accent}; border-color: {accent};
  image: url("{icons}/check-{drawn}.svg"); }}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{
  background: {accent}; border-color: {accent};
  image: url("{icons}/partly-{drawn}.svg"); }}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled {{
  background: {sunken}; border-color: {line}; }}
QRadioButton::indicator {{ width: {dot}px; height: {dot}px; background: {paper};
  border: 1px solid {edge}; border-radius: {ring}px; }}
QRadioButton::indicator:checked {{ width: {spot}px; height: {spot}px;
  border: 5px solid {accent}; }}
QMenu::indicator {{ width: {icon}px; height: {icon}px; left: 6px; }}
QMenu::indicator:checked {{ image: url("{icons}/tick-{drawn}.svg"); }}
QProgressBar {{ border: none; background: {sunken}; border-radius: 4px; height: 8px;
  text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}

QTableView, QTreeView, QListView, QListWidget {{ background: {paper};
  border: 1px solid {line}; outline: none; gridline-color: {line};
  selection-background-color: {selection}; selection-color: {ink}; }}
QPushButton, QTableView, QTreeView, QListView {{ icon-size: {icon}px; }}
QTreeView::item, QListView::item {{ padding: 4px 6px;
  border: 1px solid transparent; }}
QListView#forms::item {{ padding: 0; border: none; }}
QTreeView::item:selected, QListView::item:selected {{ background: {selection};
  color: {ink}; }}
QTableView[padded="true"]::item {{ padding: 0 8px; border: none;
  border-bottom: 1px solid {line}; }}
QTableView#grid {{ border: none; border-top: 1px solid {line}; }}
QTableView#frozen {{ border: none; border-right: 2px solid {strong_line}; }}
QHeaderView::section {{ background: {sunken}; color: {muted}; border: none;
  border-right: 1px solid {line}; border-bottom: 1px solid {strong_line};
  padding: 5px 8px; }}
QTableCornerButton::section {{ background: {sunken}; border: none;
  border-right: 1px solid {line}; border-bottom: 1px solid {strong_line}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {strong_line}; border-radius: 4px; margin: 2px;
  min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {line}; }}
QScrollArea {{ border: none; background: transparent; }}

#rail {{ background: {rail}; border-right: 1px solid {line}; }}
#rail QToolButton {{ color: {rail_ink}; background: transparent; border: none;
  border-left: 3px solid transparent; border-radius: 0; padding: 9px 2px 8px 0; }}
#rail QToolButton:hover {{ background: {rail_chosen}; }}
#rail QToolButton:checked {{ background: {rail_chosen}; color: {rail_bright};
  border-left: 3px solid {rail_mark}; font-weight: 600; }}
#rail QToolButton:focus {{ border: 1px solid {rail_mark};
  border-left: 3px solid {rail_mark}; }}
#rail QLabel {{ color: {rail_ink}; }}
#rail QLabel[role="name"] {{ color: {rail_bright}; font-size: {name};
  font-weight: 600; }}
#header {{ background: {paper}; border-bottom: 1px solid {line}; }}
#page {{ background: {ground}; }}
*[paper="true"] {{ background: {paper}; }}
#line {{ background: {line}; border: none; }}
*[surface="true"] {{ background: {paper}; border: 1px solid {line};
  border-radius: {radius}px; }}
QLabel[role="title"] {{ font-size: {large}; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {head}; font-weight: 600; }}
QLabel[role="section"] {{ color: {accent}; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="faint"] {{ color: {faint}; font-size: {small}; }}
QLabel[role="fault"] {{ color: {error_ink}; background: {error_tint};
  border: 1px solid {error_ink}; border-radius: 4px; padding: 6px 9px; }}
QLabel[role="good"] {{ color: {good_ink}; }}
QLabel[role="bad"] {{ color: {error_ink}; font-weight: 600; }}
QLabel[role="figure"] {{ font-size: {figure}; font-weight: 600; }}
"""
