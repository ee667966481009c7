"""Which page is made of what; each is made when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import assert_never

from desktop.ui.desk import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace


def load_page(page: Page) -> Callable[[Workplace, QWidget | None], QWidget]:
    """Load the code of a page, no sooner than it is wanted; gives what makes it."""
    match page:
        case Page.HOME:
            from desktop.ui.home.page import HomePage  # noqa: PLC0415 - see above

            return HomePage
        case Page.ENTRY:
            from desktop.ui.entry.page import EntryPage  # noqa: PLC0415 - see above

            return EntryPage
        case Page.AUDIT:
            from desktop.ui.findings.page import AuditPage  # noqa: PLC0415 - see above

            return AuditPage
        case Page.INDICATORS:
            from desktop.ui.indicators.page import IndicatorsPage  # noqa: PLC0415 - see above

            return IndicatorsPage
        case Page.EXPORT:
            from desktop.ui.files.export_page import ExportPage  # noqa: PLC0415 - see above

            return ExportPage
        case Page.HANDOVER:
            from desktop.ui.handover.page import HandoverPage  # noqa: PLC0415 - see above

            return HandoverPage
        case _:
            assert_never(page)


def make_page(page: Page, work: Workplace, parent: QWidget | None = None) -> QWidget:
    """Make a page."""
    return load_page(page)(work, parent)
