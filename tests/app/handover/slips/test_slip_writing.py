from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.slips import slip_writing
from desktop.app.handover.slips.slip_writing import write_all
from desktop.app.handover.slips.slip_writing import write_back
from desktop.app.handover.slips.slips_taken import read_back
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.core.manifest import Signature
from desktop.exchange.slip_files import Arrived
from desktop.exchange.slip_files import to_file
from desktop.export.safe_file import ExportError
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import sent_back
from tests.cli.desks import RESOURCES
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.app.handover.slips.receipts import Noted
    from desktop.app.handover.slips.slips import Issued
    from desktop.store.ledger import Ledger

FONTS = RESOURCES / "fonts"


@pytest.fixture
def outs(over: Ledger, below: Ledger) -> tuple[Issued, Noted]:
    first = submit(below, "华阳路.xlsx")
    take(over, first)
    sent_back(over, first, "eci/甲院/beds_total", "与上年相差太大")
    return issued(over), receipt(over, first)


@pytest.mark.unmeasured
def test_write_back__a_file_and_a_page_that_say_the_same(
    outs: tuple[Issued, Noted], tmp_path: Path, program: Callable[[str], str]
) -> None:
    slip, told = outs
    signature = Signature("ed25519", "k", "v")

    file, page = write_back(slip, tmp_path, FONTS, signature)
    other, receipt_page = write_back(told, tmp_path, FONTS)

    came = read_back(file)
    assert isinstance(came, Arrived)
    assert (came.what, came.signature) == (slip.slip, signature)
    assert isinstance(read_back(other), Arrived)
    for printed, words in (
        (
            page,
            (
                "退回单",
                "与上年相差太大",
                "总床位数",
                "退回单位（盖章）：",
                came.digest[:16],
            ),
        ),
        (
            receipt_page,
            ("回执", "华阳路.xlsx", "养老机构调查表", "退回", "接收单位（盖章）："),
        ),
    ):
        text = subprocess.run(
            [program("pdftotext"), "-layout", printed, "-"],
            capture_output=True,
            check=True,
        ).stdout.decode()
        assert all(word in text for word in words), text


def test_write_back__what_was_not_written_as_meant__error(
    outs: tuple[Issued, Noted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that keeps something else is found out before the file has its name."""
    whole = to_file

    class Lying(bytes):
        def __eq__(self, other: object) -> bool:
            return False

        __hash__ = bytes.__hash__

    monkeypatch.setattr(slip_writing, "to_file", lambda *a: Lying(whole(*a)))

    with pytest.raises(ExportError):
        write_back(outs[0], tmp_path, FONTS)

    assert list(tmp_path.glob("*.tz?")) == []


def test_write_all__stopped__what_is_written_is_whole(
    outs: tuple[Issued, Noted], tmp_path: Path
) -> None:
    pairs = [(out, None) for out in outs]
    asked = iter([True, False])

    with pytest.raises(CancelledError):
        run_steps(write_all(pairs, tmp_path, FONTS), lambda _: next(asked))

    (file,) = tmp_path.glob("*.tz?")
    assert isinstance(read_back(file), Arrived)
    paths = run_steps(write_all(pairs, tmp_path, FONTS))
    assert [path.suffix for path in paths] == [".tzs", ".pdf", ".tzr", ".pdf"]
