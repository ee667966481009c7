from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.batch.record import NAME
from desktop.app.batch.record import Record
from desktop.app.batch.record import made_of

if TYPE_CHECKING:
    from pathlib import Path

MADE = made_of(["修订", 3])


def test_record__knows_what_was_made_of_the_same(tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(b"1")
    assert not Record(tmp_path).holds(path, MADE)
    record = Record(tmp_path)
    record.add(path, MADE)
    assert record.holds(path, MADE)
    again = Record(tmp_path)
    assert again.holds(path, MADE)
    assert not again.holds(path, made_of(["修订", 4]))


def test_record__a_file_that_was_changed_or_taken_away_is_not_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(b"1")
    record = Record(tmp_path)
    record.add(path, MADE)
    path.write_bytes(b"2")
    assert not record.holds(path, MADE)
    path.unlink()
    assert not record.holds(path, MADE)


def test_record__lines_that_were_torn_off_do_no_harm(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("甲.pdf", "乙.pdf")]
    for path in paths:
        path.write_bytes(path.name.encode())
        Record(tmp_path).add(path, MADE)
    book = tmp_path / NAME
    text = book.read_text(encoding="utf-8")
    book.write_text(text[:-9] + '\n[]\n{"file": 1}\n\udcff', "utf-8", "surrogateescape")
    record = Record(tmp_path)
    assert [record.holds(path, MADE) for path in paths] == [True, False]
    record.add(paths[1], MADE)
    assert Record(tmp_path).holds(paths[1], MADE)
