"""Zip files that are the same bytes whenever they are written."""

from __future__ import annotations

import zipfile
from datetime import UTC
from datetime import datetime
from typing import IO
from typing import TYPE_CHECKING
from typing import Final
from typing import Literal

if TYPE_CHECKING:
    from openpyxl import Workbook

BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the first a zip knows."""


class SteadyZip(zipfile.ZipFile):
    """A zip whose entries all bear the same time."""

    def open(
        self,
        name: str | zipfile.ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        """Open an entry; every way of writing one comes through here."""
        if mode == "w":
            name = self._steady(name)
        return super().open(name, mode, pwd, force_zip64=force_zip64)

    def _steady(self, name: str | zipfile.ZipInfo) -> zipfile.ZipInfo:
        if isinstance(name, zipfile.ZipInfo):
            name.date_time = BEGINNING
            return name
        made = zipfile.ZipInfo(name, BEGINNING)
        made.compress_type = self.compression
        # The only way to hand a level to an entry before Python 3.13.
        made._compresslevel = self.compresslevel  # type: ignore[attr-defined]  # noqa: SLF001 - see above
        return made


def save_steadily(workbook: Workbook, target: IO[bytes], made: str = "") -> None:
    """Save a workbook so that the same content gives the same bytes.

    `made` is the time its properties tell (ISO), for openpyxl would tell the clock's.
    """
    from openpyxl.writer.excel import ExcelWriter

    at = datetime.fromisoformat(made) if made else datetime(*BEGINNING, tzinfo=UTC)
    plain = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = workbook.properties.modified = plain
    archive = SteadyZip(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
    ExcelWriter(workbook, archive).save()
