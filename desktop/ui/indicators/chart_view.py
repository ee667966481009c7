"""Shows a chart: drawn off the main thread, in the theme's colours and letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontInfo
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.export.chart.data import PRINT
from desktop.ui.indicators.palettes import palette_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtGui import QResizeEvent

    from desktop.export.chart.data import Chart
    from desktop.export.chart.svg import Picture
    from desktop.ui.workplace import Workplace

LEAST: Final = 300
"""Narrower than this no chart is drawn; the view scrolls."""
PAPER_WIDTH: Final = 680
"""Width of a picture that is copied, saved or printed, in points."""
SHARP: Final = 2
"""Pixels a point in a picture that is copied or saved."""
REST: Final = 60
"""Milliseconds a width has to stay before the chart is drawn for it."""


class ChartView(QWidget):
    """A chart with its sentence for those who cannot see it."""

    def __init__(self, work: Workplace, name: str) -> None:
        """Wait for a chart."""
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST)
        self._work = work
        self._renderer: QSvgRenderer | None = None
        self.chart: Chart | None = None
        self.picture: Picture | None = None
        self._asked = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST)
        self._soon.timeout.connect(self._draw)
        work.look.changed.connect(self._draw)

    def show_chart(self, chart: Chart | None) -> None:
        """Show another chart, or none."""
        self.chart = chart
        self.setVisible(chart is not None)
        if chart is not None:
            self.setAccessibleName(chart.title)
            self.setAccessibleDescription(chart.sentence)
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width, once it rests."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._soon.start()

    def sizeHint(self) -> QSize:
        """Ask for the height the chart has."""
        times = self._work.look.times
        height = self.picture.height if self.picture is not None else 0
        return QSize(LEAST, round(height * times))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, and a frame where the focus is."""
        if self._renderer is None or self.picture is None:
            return
        times = self._work.look.times
        size = (self.picture.width * times, self.picture.height * times)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(0, 0, *size))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().link().color(), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _draw(self) -> None:
        chart, look = self.chart, self._work.look
        if chart is None:
            return
        self._asked += 1
        width = int(max(self.width(), LEAST) / look.times)
        palette, family = palette_of(look.colours), family_of(self)

        def drawn() -> Picture:
            from desktop.export.chart.svg import Screen  # noqa: PLC0415 - brings the drawing library
            from desktop.export.chart.svg import chart_picture  # noqa: PLC0415 - see above

            return chart_picture(chart, Screen(width, palette, family))

        task: Task[Picture] = Task(lambda _: drawn())
        self._work.bridge.when(task.result, self, partial(self._take, self._asked))

    def _take(self, asked: int, picture: Picture) -> None:
        if asked == self._asked:
            self.picture = picture
            self._renderer = QSvgRenderer(QByteArray(picture.svg))
            self.setFixedHeight(self.sizeHint().height())
            self.update()


def family_of(widget: QWidget) -> str:
    """Name the family the window's letters are really set in."""
    return QFontInfo(widget.font()).family()


def paper_pictures(
    work: Workplace,
    owner: QWidget,
    charts: Sequence[Chart],
    slot: Callable[[tuple[Picture, ...]], None],
) -> None:
    """Draw charts for paper: with their titles, light whatever the theme."""
    family = family_of(owner)

    def drawn() -> tuple[Picture, ...]:
        from desktop.export.chart.svg import Screen  # noqa: PLC0415 - brings the drawing library
        from desktop.export.chart.svg import chart_picture  # noqa: PLC0415 - see above

        screen = Screen(PAPER_WIDTH, PRINT, family, titled=True)
        return tuple(chart_picture(chart, screen) for chart in charts)

    task: Task[tuple[Picture, ...]] = Task(lambda _: drawn())
    work.bridge.when(task.result, owner, slot)


def image_of(picture: Picture) -> QImage:
    """Paint a picture on white, sharp enough for a document."""
    margin = 12
    size = QSize(picture.width + 2 * margin, picture.height + 2 * margin) * SHARP
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SHARP, SHARP)
    space = QRectF(margin, margin, picture.width, picture.height)
    QSvgRenderer(QByteArray(picture.svg)).render(painter, space)
    painter.end()
    image.setText("Description", picture.sentence)
    return image
