from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView

from desktop.app.entry.listing import Listing
from desktop.store.conditions import Contains
from desktop.store.records import Order
from desktop.ui.entry.group_header import FIELD_BAND
from desktop.ui.entry.group_header import GROUP_BAND
from desktop.ui.entry.group_header import GroupHeader
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def header(qtbot: QtBot, work: Workplace) -> Iterator[GroupHeader]:
    table = QTableView()
    qtbot.addWidget(table)
    model = RosterModel(work, "eci", table)
    made = GroupHeader(model, Appearance(), table)
    table.setHorizontalHeader(made)
    table.setModel(model)
    table.resize(900, 300)
    table.show()
    yield made
    table.close()


def picture(header: GroupHeader) -> QImage:
    return header.viewport().grab().toImage()


def inks(image: QImage, part: QRect) -> set[str]:
    scale = image.devicePixelRatio()
    return {
        image.pixelColor(QPoint(int(x * scale), int(y * scale))).name()
        for x in range(max(part.left(), 0), part.right())
        for y in range(part.top(), part.bottom())
    }


def test_header__has_room_for_two_bands(header: GroupHeader) -> None:
    assert header.height() == header.sizeHint().height() == GROUP_BAND + FIELD_BAND


def test_header__a_group_reaches_over_its_columns_and_no_further(
    header: GroupHeader,
) -> None:
    """The line at a group's end goes through both bands, inside only the lower one."""
    image = picture(header)
    strong = QColor(LIGHT.strong_line).name()
    ends = []
    for column in range(1, header.count()):
        right = header.sectionViewportPosition(column) + header.sectionSize(column) - 1
        if right < image.width():
            ends.append((column, inks(image, QRect(right, 4, 2, 8)) >= {strong}))
    assert ends == [(1, False), (2, True), (3, False), (4, False), (5, True)]


def test_header__titles_are_painted(header: GroupHeader) -> None:
    image = picture(header)
    ground = QColor(LIGHT.sunken).name()
    group = QRect(2, 2, header.sectionSize(0) - 6, GROUP_BAND - 6)
    field = QRect(2, GROUP_BAND + 2, header.sectionSize(0) - 6, FIELD_BAND - 6)
    assert inks(image, group) - {ground}
    assert inks(image, field) - {ground}


def test_header__a_group_scrolled_half_out_still_shows_its_title(
    header: GroupHeader,
) -> None:
    header.setOffset(header.sectionPosition(3) + 20)
    image = picture(header)
    ground = QColor(LIGHT.sunken).name()
    assert inks(image, QRect(0, 2, 60, GROUP_BAND - 6)) - {ground}


def test_header__locked_fields_are_quieter(qtbot: QtBot, kinds_work: Workplace) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    model = RosterModel(kinds_work, "kinds", table)
    made = GroupHeader(model, Appearance(), table)
    table.setHorizontalHeader(made)
    table.setModel(model)
    table.resize(1600, 200)
    table.show()
    image = picture(made)
    ink, muted = QColor(LIGHT.ink).name(), QColor(LIGHT.muted).name()

    def of(field: str) -> set[str]:
        column = model.column_of(field)
        assert column is not None
        left = made.sectionViewportPosition(column)
        return inks(image, QRect(left, GROUP_BAND + 2, 80, FIELD_BAND - 6))

    assert muted in of("area")
    assert ink not in of("area")
    assert ink in of("share")


def test_header__shows_what_is_sorted_and_filtered_by(header: GroupHeader) -> None:
    model = vars(header)["_roster"]
    place = QRect(header.sectionViewportPosition(1), 2, header.sectionSize(1) - 4, 20)
    plain = picture(header).copy(place)
    seen = [plain]
    for listing in (
        Listing(order=Order("code")),
        Listing(order=Order("code", descending=True)),
        Listing().filtered("code", Contains("code", "1")),
    ):
        model.listing = listing
        seen.append(picture(header).copy(place))
    assert all(one != other for one, other in combinations(seen, 2))
    model.listing = Listing(order=Order("status"))
    assert picture(header).copy(place) == plain


def test_header__groups_end_where_columns_stay_and_pass_over_hidden_ones(
    header: GroupHeader,
) -> None:
    header.staying = 2
    spans = vars(GroupHeader)["_span"]
    assert [spans(header, column) for column in range(6)] == [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 5),
        (3, 5),
        (3, 5),
    ]
    header.setSectionHidden(5, True)
    assert spans(header, 3) == (3, 4)


def test_head__a_choice_of_cells_is_not_painted(
    header: GroupHeader, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    painted: list[int] = []
    paint = GroupHeader.paintSection

    def counted(
        head: GroupHeader, painter: QPainter, rect: QRect, section: int
    ) -> None:
        painted.append(section)
        paint(head, painter, rect, section)

    monkeypatch.setattr(GroupHeader, "paintSection", counted)
    table = header.parent()
    assert isinstance(table, QTableView)
    qtbot.waitUntil(lambda: table.model().rowCount() > 1)
    table.setCurrentIndex(table.model().index(0, 1))
    header.viewport().repaint()
    qtbot.wait(1)
    assert painted
    painted.clear()
    table.setCurrentIndex(table.model().index(1, 1))
    qtbot.wait(1)
    assert not painted
    header.viewport().update()
    qtbot.waitUntil(lambda: bool(painted))
