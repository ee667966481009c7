"""`taizhang collect`: workbooks for facilities to fill in, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.collection.collected import collected_action
from desktop.app.collection.collected import look_through
from desktop.app.collection.collected import read_files
from desktop.app.collection.collecting import MOST_SPARE
from desktop.app.collection.collecting import CollectWish
from desktop.app.collection.collecting import Split
from desktop.app.collection.collecting import collections
from desktop.app.collection.collecting import write_collections
from desktop.app.collection.notes import write_annotated
from desktop.app.collection.values import ReturnedBook
from desktop.app.compiled import compiled_for
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.export import make_folder
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from desktop.app.collection.values import Book
    from desktop.app.collection.values import CellFault
    from desktop.cli.desk import Desk


def collect(desk: Desk, options: Namespace) -> int:
    """Make workbooks to send out, or read those that came back."""
    if options.action == "make":
        return make(desk, options)
    return read(desk, options)


def make(desk: Desk, options: Namespace) -> int:
    """Write the workbooks of a form into a folder."""
    folder = Path(options.out)
    wish = _wish(options)
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        found = collections(ledger, compiled_for(ledger, period), period, wish)
    if isinstance(found, Message):
        raise CannotRunError(found)
    make_folder(folder)
    made = write_collections(found, folder, lambda _: True)
    if options.json:
        paths = [str(path) for path in made.paths]
        remarks = [desk.say.message(said) for said in made.remarks]
        desk.answer({"files": paths, "remarks": remarks})
        return DONE
    for path in made.paths:
        desk.tell("Written and read back: {path}", path=str(path))
    for said in made.remarks:
        desk.told(said, "  ")
    desk.tell("When they come back: taizhang collect read LEDGER FILES…")
    return DONE


def _wish(options: Namespace) -> CollectWish:
    """Read what is wanted.

    Raises:
        CannotRunError: The count of rows is none, or too high.
    """
    rows = options.rows
    if not rows.isdecimal() or int(rows) > MOST_SPARE:
        raise CannotRunError(message("collection.rows", text=rows, most=MOST_SPARE))
    return CollectWish(
        options.form,
        options.unit,
        Split(options.split),
        known=not options.blank,
        spare=int(rows),
    )


def read(desk: Desk, options: Namespace) -> int:
    """Say what is wrong in workbooks that came back; with `--apply` take in the good.

    Nothing is changed without `--apply`.
    """
    paths = [Path(name) for name in options.files]
    files = read_files(paths, desk.places.reader, lambda _: None)
    with desk.open(Path(options.ledger), read_only=not options.apply) as ledger:
        period = period_of(ledger, options.period)
        steps = look_through(ledger, period, files, desk.person, desk.say)
        books = run_steps(steps)
        if options.apply:
            answer = ledger.apply(collected_action(books, desk.say))
            if isinstance(answer, Stale):  # pragma: no cover - the lock is ours
                raise CannotRunError(answer.conflicts[0].message)
    copies = _annotate(desk, books, options.annotate)
    if options.json:
        desk.answer(
            {
                "applied": options.apply,
                "books": [_facts(desk, book, copies) for book in books],
            }
        )
    else:
        for book in books:
            _tell(desk, book, applied=options.apply)
        for copy in copies.values():
            desk.tell("Annotated copy: {path}", path=str(copy))
    sound = all(isinstance(book, ReturnedBook) and not book.bad for book in books)
    return DONE if sound else FOUND


def _annotate(
    desk: Desk, books: Sequence[Book], folder: str | None
) -> dict[Path, Path]:
    """Write annotated copies of the books with faults, if a folder is named."""
    if folder is None:
        return {}
    make_folder(Path(folder))
    return {
        book.path: write_annotated(book, Path(folder), desk.say)
        for book in books
        if isinstance(book, ReturnedBook) and book.faults
    }


def _tell(desk: Desk, book: Book, *, applied: bool) -> None:
    if not isinstance(book, ReturnedBook):
        desk.told(book.why)
        return
    desk.tell(
        "{file}: {good} rows taken in, {same} as before, {bad} to be mended"
        if applied
        else "{file}: {good} rows are good, {same} as before, {bad} to be mended",
        file=book.path.name,
        good=len(book.good),
        same=book.same,
        bad=len(book.bad),
    )
    for fault in book.faults:
        desk.line(f"  {_line(desk, fault)}")


def _line(desk: Desk, fault: CellFault) -> str:
    text = f"“{fault.text}”" if fault.text else ""
    said = desk.say.message(fault.why)
    where = f"{fault.sheet}!{fault.cell} {fault.record} {fault.field}{text}"
    return f"{where}：{said} {fault.mend}".rstrip()


def _facts(desk: Desk, book: Book, copies: dict[Path, Path]) -> dict[str, object]:
    if not isinstance(book, ReturnedBook):
        return {"file": str(book.path), "refused": desk.say.message(book.why)}
    copy = copies.get(book.path)
    return {
        "file": str(book.path),
        "form": book.form.id,
        "good": sorted(book.good),
        "same": book.same,
        "bad": sorted(book.bad),
        "faults": [_fact(desk, fault) for fault in book.faults],
        "annotated": None if copy is None else str(copy),
    }


def _fact(desk: Desk, fault: CellFault) -> dict[str, object]:
    return {
        "sheet": fault.sheet,
        "cell": fault.cell,
        "row": fault.row,
        "record": fault.record,
        "field": fault.field,
        "text": fault.text,
        "level": fault.level.value,
        "why": desk.say.message(fault.why),
        "mend": fault.mend,
    }
