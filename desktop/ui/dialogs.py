"""Which command opens which dialog; the code of each is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.ui.desk import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from PySide6.QtWidgets import QDialog
    from PySide6.QtWidgets import QWidget

    from desktop.ui.ledgers.new_ledger_bring import TableToImport
    from desktop.ui.workplace import Workplace


def open_dialog(command: str, work: Workplace, parent: QWidget) -> bool:
    """Open the dialog of a command; false where the command has none."""
    make = _DIALOGS.get(command)
    if make is None:
        return False
    make(work, parent).open()
    return True


def open_import(work: Workplace, parent: QWidget, table: TableToImport) -> None:
    """Open the import of a table that was chosen elsewhere."""
    from desktop.ui.desk import Page  # noqa: PLC0415 - see above
    from desktop.ui.desk import Place  # noqa: PLC0415 - see above
    from desktop.ui.files.import_dialog import ImportDialog  # noqa: PLC0415 - see above

    work.desk.move(Place(table.form))
    work.desk.turn_to(Page.ENTRY)
    dialog = ImportDialog(work, work.form(table.form), parent)
    dialog.open()
    dialog.begin_with(table.path)


def _keys(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.guide.keys_dialog import KeysDialog  # noqa: PLC0415 - see above

    return KeysDialog(work.say, parent)


def _units(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.ledgers.units_dialog import UnitsDialog  # noqa: PLC0415 - see above

    return UnitsDialog(work, parent)


def _choices(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.ledgers.choices_dialog import ChoicesDialog  # noqa: PLC0415 - see above

    return ChoicesDialog(work, parent)


def _rollup(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.indicators.rollup_dialog import RollupDialog  # noqa: PLC0415 - see above

    return RollupDialog(work, work.desk.place.form, parent)


def _period(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.ledgers.period_dialog import PeriodDialog  # noqa: PLC0415 - see above

    return PeriodDialog(work, parent)


def _upgrade(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.ledgers.upgrade_dialog import UpgradeDialog  # noqa: PLC0415 - see above

    return UpgradeDialog(work, parent)


def _deadline(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.home.deadline_dialog import DeadlineDialog  # noqa: PLC0415 - see above

    return DeadlineDialog(work, parent)


def _backup(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.home.backup_dialog import BackupDialog  # noqa: PLC0415 - see above

    return BackupDialog(work, parent)


def _palette(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.guide.palette_dialog import PaletteDialog  # noqa: PLC0415 - see above

    return PaletteDialog(work, parent)


def _handbook(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.guide.handbook_window import HandbookWindow  # noqa: PLC0415 - see above

    desk = work.desk
    return HandbookWindow(work.start, parent, desk.asked.emit, desk.page.value)


def _field(work: Workplace, parent: QWidget) -> QDialog:
    """Explain the field before the person; elsewhere, the page."""
    from desktop.ui.guide.field_dialog import FieldDialog  # noqa: PLC0415 - see above

    place = work.desk.place
    if place.field is None or work.desk.page is not Page.ENTRY:
        return _handbook(work, parent)
    return FieldDialog(work, place.form, place.field, parent)


def _flags(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.entry.notes_dialog import NotesDialog  # noqa: PLC0415 - see above

    return NotesDialog(work, parent)


def _second(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.entry.second_dialog import SecondDialog  # noqa: PLC0415 - see above

    return SecondDialog(work, work.desk.place.form, parent)


def _bring_in(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.ledgers.bring_in_dialog import BringInDialog  # noqa: PLC0415 - see above

    return BringInDialog(work, parent)


def _collect(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.files.collect_dialog import CollectDialog  # noqa: PLC0415 - see above

    return CollectDialog(work, parent)


def _collected(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.files.collected_dialog import CollectedDialog  # noqa: PLC0415 - see above

    return CollectedDialog(work, parent)


def _verify(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.files.verify_dialog import VerifyDialog  # noqa: PLC0415 - see above

    return VerifyDialog(work, parent)


def _batch(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.files.batch_dialog import BatchDialog  # noqa: PLC0415 - see above

    return BatchDialog(work, parent)


def _template(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.files.template_dialog import TemplateDialog  # noqa: PLC0415 - see above

    return TemplateDialog(work, parent)


def _ledger_keys(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.handover.keys_dialog import LedgerKeysDialog  # noqa: PLC0415 - see above

    return LedgerKeysDialog(work, parent)


def _archive(work: Workplace, parent: QWidget) -> QDialog:
    from desktop.ui.handover.archive_dialog import ArchiveDialog  # noqa: PLC0415 - see above

    return ArchiveDialog(work, parent)


_DIALOGS: Final[Mapping[str, Callable[[Workplace, QWidget], QDialog]]] = {
    "record.second": _second,
    "help.keys": _keys,
    "help.palette": _palette,
    "help.handbook": _handbook,
    "help.field": _field,
    "file.collect": _collect,
    "file.collected": _collected,
    "file.verify": _verify,
    "file.batch": _batch,
    "file.template": _template,
    "file.units": _units,
    "file.choices": _choices,
    "file.period": _period,
    "file.deadline": _deadline,
    "file.bring_in": _bring_in,
    "file.backup": _backup,
    "file.upgrade": _upgrade,
    "file.keys": _ledger_keys,
    "file.archive": _archive,
    "view.rollup": _rollup,
    "view.flags": _flags,
}
