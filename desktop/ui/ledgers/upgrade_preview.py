"""What an upgrade would change, and which records would newly fail, as two lists."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.audit.finding_lines import finding_lines
from desktop.app.audit.finding_lines import place
from desktop.app.packs.diff_words import said
from desktop.app.packs.diff_words import sorted_out

if TYPE_CHECKING:
    from desktop.app.audit.finding_lines import FindingLine
    from desktop.app.ledgers.upgrading import UpgradePlan
    from desktop.core.words import Words

SHOWN: Final = 50
"""Records that are named below each rule; the others are counted."""
WIDTHS: Final = (250, 190, 110)


class UpgradePreview(QTabWidget):
    """The changes of the pack in groups, and the new findings by rule."""

    def __init__(self, say: Words, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._say = say
        self.setObjectName("upgrade.preview")
        self.setAccessibleName(say("What the upgrade would do"))
        changes, failing = say("What changes"), say("What would newly fail")
        self._changes = _tree("upgrade.changes", changes)
        self._changes.setHeaderLabels(
            [say("Part"), say("Place"), say("Sort"), say("Change")]
        )
        for column, width in enumerate(WIDTHS):
            self._changes.setColumnWidth(column, width)
        self._failing = _tree("upgrade.failing", failing)
        self._failing.setHeaderHidden(True)
        self.addTab(self._changes, changes)
        self.addTab(self._failing, failing)

    def show_plan(self, plan: UpgradePlan) -> None:
        """Show what an upgrade would do."""
        say = self._say
        self._changes.clear()
        self._failing.clear()
        for heading, listed in sorted_out(plan.diff):
            title = f"{say(heading.value)}（{len(listed)}）"
            group = QTreeWidgetItem(self._changes, [title])
            group.setFirstColumnSpanned(True)
            for each in listed:
                told = said(say, each, plan.new)
                texts = [told.title, told.place, f"{told.sort} · {told.part}"]
                self._add(group, [*texts, told.change])
            group.setExpanded(True)
        for line in finding_lines(say, plan.new, plan.findings):
            self._add_line(line)
        for tree, counted in (
            (self._changes, len(plan.diff.differences)),
            (self._failing, len(plan.findings)),
        ):
            title = tree.accessibleName()
            self.setTabText(self.indexOf(tree), f"{title}（{counted}）")
        if not plan.diff.differences:
            QTreeWidgetItem(self._changes, [say("Nothing a reader would notice.")])
        if not plan.findings:
            QTreeWidgetItem(self._failing, [say("No record would newly fail.")])
        self.setCurrentIndex(0)

    def _add_line(self, line: FindingLine) -> None:
        group = QTreeWidgetItem(self._failing, [line.text])
        group.setToolTip(0, line.text)
        for each in line.findings[:SHOWN]:
            self._add(group, [f"{place(each)}：{each.finding.text}"])
        more = len(line.findings) - SHOWN
        if more > 0:
            self._add(group, [self._say("… and {count} more", count=more)])

    def _add(self, group: QTreeWidgetItem, texts: list[str]) -> None:
        item = QTreeWidgetItem(group, texts)
        for column, text in enumerate(texts):
            item.setToolTip(column, text)


def _tree(name: str, title: str) -> QTreeWidget:
    made = QTreeWidget()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setUniformRowHeights(True)
    return made
