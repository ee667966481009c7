"""Which page is made of what; each is made when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import assert_never

from desktop.ui.desk import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace


def make_page(page: Page, work: Workplace) -> QWidget:
    """Make a page; its code is loaded no sooner."""
    match page:
        case Page.HOME:
            from desktop.ui.home.page import HomePage  # noqa: PLC0415 - see above

            return HomePage(work)
        case Page.ENTRY:
            from desktop.ui.entry.page import EntryPage  # noqa: PLC0415 - see above

            return EntryPage(work)
        case Page.AUDIT:
            from desktop.ui.findings.page import AuditPage  # noqa: PLC0415 - see above

            return AuditPage(work)
        case Page.INDICATORS:
            from desktop.ui.indicators.page import IndicatorsPage  # noqa: PLC0415 - see above

            return IndicatorsPage(work)
        case Page.EXPORT:
            from desktop.ui.files.export_page import ExportPage  # noqa: PLC0415 - see above

            return ExportPage(work)
        case _:
            assert_never(page)
