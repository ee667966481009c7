"""What goes where in an official template, and what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.templates.matching import Origin
from desktop.app.templates.matching import shown
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.templates.matching import Foreseen
    from desktop.app.templates.matching import Matched
    from desktop.ui.workplace import Workplace

NAMED: Final = 8
"""Fields without a place that are named."""


class TemplatePreview(QWidget):
    """Says by which layout a template is filled, and lists the cells with values."""

    def __init__(self, work: Workplace) -> None:
        """Say what to begin with."""
        super().__init__()
        self._work = work
        say = work.say
        self._said = parts.label(
            say("Choose the file; what will be filled in where is shown here."),
            "muted",
            name="template.said",
        )
        self._wrong = parts.label("", "fault", name="template.wrong")
        self._wrong.hide()
        self._list = QTreeWidget()
        self._list.setObjectName("template.cells")
        self._list.setAccessibleName(say("What goes where"))
        heads = [say("Sheet"), say("Cell"), say("What is filled in"), say("Value")]
        self._list.setHeaderLabels(heads)
        self._list.setRootIsDecorated(False)
        column = parts.column(self, spacing=8)
        column.addWidget(self._said)
        column.addWidget(self._wrong)
        column.addWidget(self._list, 1)
        column.addStretch(0)

    def show_what(self, matched: Matched | None, foreseen: Foreseen) -> None:
        """Show what is foreseen for a unit."""
        say = self._work.say
        self._list.clear()
        for line in () if foreseen.faults else foreseen.lines:
            texts = [line.sheet, line.cell, line.what, shown(line.value, say)]
            self._list.addTopLevelItem(QTreeWidgetItem(texts))
        for column in range(3):
            self._list.resizeColumnToContents(column)
        self._wrong.setText("\n".join(say.message(each) for each in foreseen.faults))
        self._wrong.setVisible(bool(foreseen.faults))
        self._list.setVisible(not foreseen.faults)
        told = () if matched is None else self._told(matched, foreseen)
        self._said.setText("\n".join(told))
        self._said.setVisible(bool(told))

    def _told(self, matched: Matched, foreseen: Foreseen) -> list[str]:
        """Say by which layout, what has no place, and how many records there are."""
        say = self._work.say
        match matched.origin:
            case Origin.SAME:
                told = [say("This is the template the reporting system knows.")]
            case Origin.KNOWN:
                told = [
                    say(
                        "This file is not byte for byte the template the reporting "
                        "system knows; its fixed texts decide whether it fits."
                    )
                ]
            case Origin.PROPOSED:
                told = [
                    say(
                        "The places were found by the labels in the file. Look through "
                        "them before you fill it."
                    )
                ]
        if matched.missing:
            names = "、".join(field.title for field in matched.missing[:NAMED])
            count = len(matched.missing)
            text = say(
                "{count} fields have no place: {names}", count=count, names=names
            )
            told.append(text)
        if matched.signers:
            labels = "；".join(f"{label}=" for label in matched.signers)
            told.append(say("Who signs can be written as: {labels}", labels=labels))
        if foreseen.faults:
            told.append(
                say(
                    "It does not fit: nothing can be filled in this way. Find the "
                    "places by the labels instead, or ask for a newer pack."
                )
            )
        elif foreseen.copies:
            count = foreseen.copies
            told.append(say("{count} sheets are added for more records.", count=count))
        if foreseen.records and not foreseen.faults:
            count = foreseen.records
            text = say("{count} records; of rows the first is shown.", count=count)
            told.append(text)
        return told
