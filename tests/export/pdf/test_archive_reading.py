from __future__ import annotations

import json
import subprocess
from logging import NullHandler
from logging import getLogger
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf.settings import set_qpdf_limits

from desktop.core.catalogue import CATALOGUE
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.pdf import archive_reading as pdf_archive_reading
from desktop.export.pdf.archive import Archiving
from desktop.export.pdf.archive import Kept
from desktop.export.pdf.archive_pages import PageCheck
from desktop.export.pdf.archive_reading import Archive
from desktop.export.pdf.archive_reading import read_archive
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from pikepdf import Pdf

DATA = '{"名":"干𬒗镇"}'.encode()
PAGES = 5


def draw(path: Path, kept: Kept, changed: int = 0) -> None:
    """Draw some pages, each with a link to the next."""
    pen = Pen(path, Fonts(FONTS), kept)
    for number in range(1, PAGES + 1):
        words = f"干𬒗镇第{number}页，床位 {208 + (number == changed)} 张"
        pen.text(50, 500, words, Face.SONG, 9)
        pen.bookmark(f"p{number}", f"第{number}页", 0, 500)
        pen.link(f"p{number % PAGES + 1}", (50, 500, 100, 510))
        pen.end_page()
    pen.save()
    pen.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading")
    kept = Kept(DATA, "2026-01-08T09:30:00+08:00", Archiving(workbook="cd" * 32))
    draw(folder / "a.pdf", kept)
    draw(folder / "other.pdf", kept, 3)
    return folder


def read(path: Path) -> Archive:
    found = read_archive(path)
    assert isinstance(found, Archive)
    return found


def codes(archive: Archive) -> list[str]:
    return [each.code for each in archive.remarks]


def test_read_archive__gives_back_what_was_kept(folder: Path) -> None:
    archive = read(folder / "a.pdf")

    assert archive.data == DATA
    assert archive.intact
    assert archive.workbook == "cd" * 32
    assert archive.pages == PageCheck(PAGES)
    assert archive.remarks == ()


@pytest.mark.parametrize(
    "options",
    [
        ["--linearize"],
        ["--object-streams=generate", "--recompress-flate"],
        ["--stream-data=uncompress", "--remove-unreferenced-resources=yes"],
        ["--encrypt", "", "owner", "256", "--"],
    ],
)
def test_read_archive__saved_anew_by_another_program_is_the_same(
    folder: Path, tmp_path: Path, program: Callable[[str], str], options: list[str]
) -> None:
    files = [str(folder / "a.pdf"), str(tmp_path / "b.pdf")]
    subprocess.run([program("qpdf"), *options, *files], check=True)

    archive = read(tmp_path / "b.pdf")

    assert archive.data == DATA
    assert archive.remarks == ()


@pytest.mark.parametrize(
    ("pages", "check", "said"),
    [
        (
            ["a.pdf", "1-2", "other.pdf", "3", "a.pdf", "4-z"],
            PageCheck(PAGES, altered=(3,), lost=(3,)),
            [message("archive.pages_altered", pages="3")],
        ),
        (
            ["a.pdf", "1,5"],
            PageCheck(2, lost=(2, 3, 4)),
            [message("archive.pages_lost", pages="2—4")],
        ),
        (
            ["a.pdf", "1-3", "other.pdf", "3", "a.pdf", "3-z", "other.pdf", "3"],
            PageCheck(8, altered=(4, 5, 8)),
            [message("archive.pages_altered", pages="4—5、8")],
        ),
        (
            ["a.pdf", "2,1,3-z"],
            PageCheck(PAGES, moved=True),
            [message("archive.pages_moved")],
        ),
    ],
)
def test_read_archive__says_which_pages_are_not_what_was_written(
    folder: Path,
    tmp_path: Path,
    pages: list[str],
    check: PageCheck,
    said: list[Message],
) -> None:
    with pikepdf.open(folder / "a.pdf") as pdf, pikepdf.new() as taken:
        others = [pikepdf.open(folder / name) for name in pages[::2]]
        for other, numbers in zip(others, pages[1::2], strict=True):
            for number in _numbers(numbers):
                taken.pages.append(other.pages[number - 1])
        del pdf.pages[:]
        pdf.pages.extend(taken.pages)
        pdf.save(tmp_path / "b.pdf")
        for other in others:
            other.close()

    archive = read(tmp_path / "b.pdf")

    assert archive.intact
    assert archive.pages == check
    assert list(archive.remarks) == said


def _numbers(words: str) -> list[int]:
    numbers: list[int] = []
    for part in words.replace("z", str(PAGES)).split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def change_data(pdf: Pdf) -> None:
    private(pdf).Data.write(DATA.replace(b"{", b"{ "))


def private(pdf: Pdf) -> Any:  # noqa: ANN401 - a dictionary
    return pdf.Root.PieceInfo.Taizhang.Private


def test_read_archive__data_that_were_altered(folder: Path, tmp_path: Path) -> None:
    with pikepdf.open(folder / "a.pdf") as pdf:
        change_data(pdf)
        pdf.save(tmp_path / "b.pdf")

    archive = read(tmp_path / "b.pdf")

    assert not archive.intact
    assert codes(archive) == ["archive.data_changed"]


def state(**changes: object) -> Callable[[Pdf], None]:
    """Change what the file says about its state; None takes the entry out."""

    def change(pdf: Pdf) -> None:
        said = json.loads(private(pdf).State.read_bytes())
        said |= changes
        kept = {name: value for name, value in said.items() if value is not None}
        private(pdf).State.write(json.dumps(kept).encode())

    return change


def without_ours(pdf: Pdf) -> None:
    del pdf.Root.PieceInfo["/Taizhang"]


def without_any(pdf: Pdf) -> None:
    del pdf.Root["/PieceInfo"]


def number_for_pieces(pdf: Pdf) -> None:
    pdf.Root.PieceInfo = 3


def number_for_private(pdf: Pdf) -> None:
    pdf.Root.PieceInfo.Taizhang.Private = 3


def text_for_state(pdf: Pdf) -> None:
    private(pdf).State = pikepdf.String("?")


def no_json(pdf: Pdf) -> None:
    private(pdf).State.write(b"{")


def list_for_state(pdf: Pdf) -> None:
    private(pdf).State.write(b"[]")


def number_for_fonts(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font = 7


def nested(pdf: Pdf) -> None:
    array = pikepdf.Array([])
    for _ in range(400):
        array = pikepdf.Array([array])
    pdf.pages[0].obj.Annots = array


def bomb(pdf: Pdf) -> None:
    private(pdf).Data.write(bytes(2_000_000))


@pytest.fixture
def small_streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no stream grow beyond a megabyte; qpdf remembers such limits."""
    before = pdf_archive_reading.LARGEST_STREAM
    monkeypatch.setattr(pdf_archive_reading, "LARGEST_STREAM", 1_000_000)
    yield
    set_qpdf_limits(
        flate_max_memory=before,
        run_length_max_memory=before,
        png_max_memory=before,
        tiff_max_memory=before,
        dct_max_memory=before,
    )


@pytest.mark.usefixtures("small_streams")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without_any, "archive.not_ours"),
        (without_ours, "archive.not_ours"),
        (number_for_pieces, "archive.unreadable"),
        (number_for_private, "archive.unreadable"),
        (text_for_state, "archive.unreadable"),
        (no_json, "archive.unreadable"),
        (list_for_state, "archive.unreadable"),
        (number_for_fonts, "archive.unreadable"),
        (state(version=2), "archive.newer"),
        (state(version="1"), "archive.unreadable"),
        (state(data=None), "archive.unreadable"),
        (state(data="ab"), "archive.unreadable"),
        (state(workbook=5), "archive.unreadable"),
        (state(pages=[1]), "archive.unreadable"),
        (state(pages=7), "archive.unreadable"),
        (nested, "archive.too_large"),
        (bomb, "archive.unreadable"),
    ],
)
def test_read_archive__odd_files_are_a_message(
    folder: Path,
    tmp_path: Path,
    change: Callable[[Pdf], None],
    code: str,
) -> None:
    with pikepdf.open(folder / "a.pdf") as pdf:
        change(pdf)
        pdf.save(tmp_path / "b.pdf")

    assert read_archive(tmp_path / "b.pdf") == message(code, name="b.pdf")


def test_read_archive__files_that_are_no_pdf(folder: Path, tmp_path: Path) -> None:
    whole = (folder / "a.pdf").read_bytes()
    for content in (b"", b"PK\3\4", b"%PDF-1.4\n", whole[: len(whole) // 3]):
        (tmp_path / "b.pdf").write_bytes(content)
        found = read_archive(tmp_path / "b.pdf")

        assert isinstance(found, Message)
        assert found.code in {"archive.unreadable", "archive.not_ours"}


@given(st.data())
def test_read_archive__no_damage_is_an_exception(
    folder: Path, data: st.DataObject
) -> None:
    content = bytearray((folder / "a.pdf").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        width = data.draw(st.sampled_from([1, 1, 1, 40]))
        content[place : place + width] = data.draw(st.binary(max_size=3))
    (folder / "damaged.pdf").write_bytes(content)

    assert isinstance(read_archive(folder / "damaged.pdf"), Archive | Message)


def test_read_archive__what_qpdf_remarks_is_kept_off_the_screen(folder: Path) -> None:
    read_archive(folder / "a.pdf")
    read_archive(folder / "a.pdf")

    # Python writes to the screen what finds no handler.
    assert [type(each) for each in getLogger("pikepdf").handlers] == [NullHandler]


def test_read_archive__behind_a_password(folder: Path, tmp_path: Path) -> None:
    with pikepdf.open(folder / "a.pdf") as pdf:
        lock = pikepdf.Encryption(user="u", owner="o")
        pdf.save(tmp_path / "b.pdf", encryption=lock)

    found = read_archive(tmp_path / "b.pdf")

    assert found == message("archive.locked", name="b.pdf")


@pytest.mark.parametrize("limit", ["LARGEST_FILE", "MOST_PAGES"])
def test_read_archive__more_than_a_report_can_have(
    folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(pdf_archive_reading, limit, 2)

    found = read_archive(folder / "a.pdf")

    assert found == message("archive.too_large", name="a.pdf")


def test_messages__all_are_in_the_catalogue() -> None:
    said = ("data_changed", "pages_altered", "pages_lost", "pages_moved")

    assert all(f"archive.{code}" in CATALOGUE for code in said)
