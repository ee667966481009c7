"""Which command opens which dialog; the code of each is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from PySide6.QtWidgets import QDialog
    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace


def open_dialog(command: str, work: Workplace, parent: QWidget) -> bool:
    """Open the dialog of a command; false where the command has none."""
    make = _DIALOGS.get(command)
    if make is None:
        return False
    make(work, parent).open()
    return True


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


_DIALOGS: Final[Mapping[str, Callable[[Workplace, QWidget], QDialog]]] = {
    "help.keys": _keys,
    "file.units": _units,
    "file.choices": _choices,
    "file.period": _period,
    "view.rollup": _rollup,
}
