from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from desktop.app.opening import open_ledger
from desktop.app.progress import run_steps
from desktop.app.verify.running import verify
from desktop.app.verify.verifying import Verdict
from desktop.intake.children import READER_COMMAND
from tests.small import make_filled
from tests.small import opened
from tests.small import person
from tests.verified import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.progress import Progress
    from desktop.app.verify.verifying import Check
    from desktop.core.messages import Message
    from desktop.store.ledger import Ledger


def reading(path: Path) -> Ledger:
    return open_ledger(path, person(), read_only=True)


def run(*paths: Path) -> tuple[list[str], tuple[Check, ...]]:
    """Verify, and tell what was said meanwhile too."""
    said: list[Message] = []

    def watch(progress: Progress) -> bool:
        said.append(progress.doing)
        return True

    checks = run_steps(verify(paths, READER_COMMAND, reading), watch)
    files = [str(dict(each.params)["file"]) for each in said if each.params]
    return files, checks


def test_verify__files_and_ledgers_are_told_apart(tmp_path: Path) -> None:
    path = make_filled(tmp_path)
    with opened(path) as ledger:
        write_files(ledger, tmp_path, "报告", pdf=False)
        book = tmp_path / "报告.xlsx"
        # The ledger may be open for work meanwhile.
        files, checks = run(path, book)
    assert files == ["报告.xlsx", "长宁区.taizhang"]
    assert [check.about for check in checks] == [
        ("报告.xlsx",),
        ("报告.xlsx", "长宁区.taizhang"),
    ]
    assert {check.verdict for check in checks} == {Verdict.AGREES}
    other = tmp_path / "U盘" / "报告.xlsx"
    other.parent.mkdir()
    shutil.copy(book, other)
    _, checks = run(book, other)
    names = (f"{tmp_path.name}/报告.xlsx", "U盘/报告.xlsx")
    assert [check.about for check in checks] == [(names[0],), (names[1],), names]


def test_verify__a_ledger_alone_or_one_that_cannot_be_opened(tmp_path: Path) -> None:
    _, [alone] = run(make_filled(tmp_path))
    assert (alone.verdict, alone.says[0].code) == (Verdict.UNKNOWN, "verify.no-files")
    broken = tmp_path / "坏.taizhang"
    broken.write_bytes(b"no ledger")
    table = tmp_path / "a.csv"
    table.write_text("甲,乙\n", encoding="utf-8")
    _, checks = run(table, broken)
    assert [check.verdict for check in checks] == [Verdict.UNKNOWN] * 2
    assert checks[1].about == ("坏.taizhang",)
