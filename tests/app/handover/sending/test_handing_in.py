from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from email import message_from_bytes
from email import policy
from pathlib import Path
from typing import TYPE_CHECKING
from typing import cast

import pytest
from openpyxl import load_workbook

from desktop.app.compiled import compiled_for
from desktop.app.handover.keeping.sealing import is_sealed
from desktop.app.handover.keeping.sealing import opened as unsealed
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.handing_in import Mail
from desktop.app.handover.sending.handing_in import Wanted
from desktop.app.handover.sending.handing_in import hand_in
from desktop.app.handover.sending.handing_in import noting
from desktop.app.handover.sending.handing_in import records_in
from desktop.app.handover.sending.handing_in import unexplained
from desktop.app.handover.sending.mailing import mailed
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import read_submitted
from desktop.app.handover.sending.submitting import submission
from desktop.app.handover.sending.submitting import without_rosters
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.core.findings import Level
from desktop.core.manifest import Signature
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import letters
from desktop.export.safe_file import ExportError
from desktop.store.records import Applied
from tests.app.handover.media import stick_at
from tests.cli.desks import RESOURCES
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import names
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import read_of
from tests.exchange.townships import street
from tests.exchange.townships import take
from tests.export.samples import sample_report
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.progress import Progress
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger

READER = (sys.executable, "-m", "desktop", "--read-workbook")
AT = datetime(2026, 1, 10, 14, 5, tzinfo=UTC)
SECRET = "correct horse"  # noqa: S105 - of a test
TITLES = (("eci", "养老机构调查表"), ("area", "统计单元与人口表"))


def wanted(**more: object) -> Wanted:
    return Wanted(RESOURCES / "fonts", "李梅", AT, TITLES, **more)  # type: ignore[arg-type]  # a test's shorthand


PLAIN = wanted(pdf=False, slip=False)


def go_on(_: Progress) -> bool:
    return True


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture(scope="module")
def east(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Desks(tmp_path_factory.mktemp("east")).new(street(EAST))
    with opened(path) as ledger:
        for number in range(40):
            add(ledger, f"第{number}敬老院", EAST, beds_total=10 + number)
        note(ledger, "第0敬老院", "field:beds_total", "盘点过")
    return path


def report_of(path: Path, *, totals: bool = False) -> Report:
    with opened(path) as ledger:
        forms = without_rosters(ledger.pack()) if totals else None
        compiled = compiled_for(ledger, YEAR)
        return run_steps(submission(ledger, compiled, YEAR, forms, totals=totals))


@pytest.fixture(scope="module")
def report(east: Path) -> Report:
    return report_of(east)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def attachments(path: Path) -> dict[str, bytes]:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return {
        str(part.get_filename()): cast("bytes", part.get_content())
        for part in mail.iter_attachments()
    }


def subject(path: Path) -> str:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return str(mail["Subject"])


# --- Stick and folder ------------------------------------------------------------


@pytest.mark.unmeasured
def test_stick__workbook_pdf_and_slip_of_one_digest(report: Report, out: Path) -> None:
    done = hand_in(report, Target(out, stick_at(out)), wanted(), go_on)

    ends = [path.name.partition("-r")[2][11:] for path in done.paths]
    assert ends == [".xlsx", ".pdf", "-slip.pdf"]
    assert sorted(out.iterdir()) == sorted(done.paths)
    assert all(path.name.isascii() for path in done.paths)
    assert done.packages == (report.digest,)
    assert done.stick == "KINGSTON"
    assert {file.letters for file in done.note.files} == {letters(report.digest)}
    assert done.note.place == "U 盘　KINGSTON"
    assert done.note.forms == (
        ("养老机构调查表", "40 条"),
        ("统计单元与人口表", "1 条"),
    )
    assert (done.note.errors, done.note.unexplained) == (0, 0)
    found = read_one(done.paths[0], READER)
    assert found.envelope is not None
    assert found.envelope.digest == report.digest
    assert found.edited == ()


def test_folder__without_pdf_and_slip(report: Report, out: Path) -> None:
    done = hand_in(report, Target(out), PLAIN, go_on)

    assert [path.suffix for path in done.paths] == [".xlsx"]
    assert done.stick == ""
    assert done.note.place == "文件夹　out"


def test_folder__rosters_by_their_totals(east: Path, out: Path) -> None:
    done = hand_in(report_of(east, totals=True), Target(out), PLAIN, go_on)

    assert done.paths[0].stem.endswith("-totals")
    assert done.note.remarks == ("名册没有随报，只报合计：养老机构调查表。",)
    book = load_workbook(done.paths[0])
    cells = [str(c.value) for sheet in book for row in sheet for c in row]
    assert not [text for text in cells if "敬老院" in text]


@pytest.mark.unmeasured
def test_stick__sealed_nothing_open_goes_along(report: Report, out: Path) -> None:
    done = hand_in(report, Target(out), wanted(password=SECRET), go_on)

    book, slip = done.paths
    assert (book.suffix, slip.name[-9:]) == (".tzx", "-slip.pdf")
    assert is_sealed(book)
    with unsealed(book, SECRET) as plain:
        assert isinstance(plain, Path)
        found = read_one(plain, READER)
    assert found.envelope is not None
    assert found.envelope.digest == report.digest
    assert message("carrying.no_pdf_sealed") in done.remarks


@pytest.mark.unmeasured
def test_signed__each_file_by_its_own_digest(report: Report, out: Path) -> None:
    def sign(digest: str) -> Signature:
        return Signature("test", "key", digest[:8])

    done = hand_in(report, Target(out), wanted(pdf=False, slip=False, sign=sign), go_on)

    envelope = read_one(done.paths[0], READER).envelope
    assert envelope is not None
    assert envelope.signature == Signature("test", "key", report.digest[:8])


def test_signed__a_locked_key_writes_nothing(report: Report, out: Path) -> None:
    def locked(_: str) -> Message:
        return message("keys.password_wanted")

    with pytest.raises(ExportError) as caught:
        hand_in(report, Target(out), wanted(sign=locked), go_on)

    assert caught.value.message.code == "keys.password_wanted"
    assert list(out.iterdir()) == []


def test_note__says_that_there_is_nothing_to_report(desks: Desks, out: Path) -> None:
    path = desks.new(street(EAST))
    with opened(path) as ledger:
        nil(ledger, EAST, now=True)
    done = hand_in(report_of(path), Target(out), PLAIN, go_on)

    assert done.note.forms[0] == ("养老机构调查表", "零报告")
    empty = desks.new(street(EAST))
    done = hand_in(report_of(empty), Target(out), PLAIN, go_on)
    assert done.note.forms[0] == ("养老机构调查表", "0 条")


def test_note__counts_what_is_printed(report: Report) -> None:
    sample = sample_report()
    (across,) = [form for form in sample.forms if form.across]
    assert len(across.columns) != len(across.rows)
    assert records_in(across) == f"{len(across.columns)} 条"
    line = sample.findings[0]
    told = [
        (Level.WARNING, "", True),
        (Level.WARNING, "（数值已变，待重新说明）去年扩建", True),
        (Level.WARNING, "去年扩建", False),
        (Level.ERROR, "", False),
    ]
    for level, text, waits in told:
        assert unexplained(replace(line, level=level, explanation=text)) is waits


@pytest.mark.parametrize("stop", range(1, 12, 2))
def test_stopped__anywhere_leaves_nothing(report: Report, out: Path, stop: int) -> None:
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return len(seen) < stop

    with pytest.raises(CancelledError):
        hand_in(report, Target(out), wanted(), watch)

    assert list(out.iterdir()) == []


@pytest.mark.parametrize("stage", ["carrying.slip", "carrying.copying"])
def test_stopped__late_leaves_nothing(report: Report, out: Path, stage: str) -> None:
    with pytest.raises(CancelledError):
        hand_in(report, Target(out), wanted(), lambda one: one.doing.code != stage)

    assert list(out.iterdir()) == []


def test_noted__in_the_ledger(east: Path, out: Path) -> None:
    done = hand_in(report_of(east), Target(out), PLAIN, go_on)

    with opened(east) as ledger:
        before = report_of_open(ledger)
        action = noting(ledger.choices(YEAR.code), done, PLAIN)
        assert isinstance(ledger.apply(action), Applied)
        found = read_submitted(ledger.choices(YEAR.code))
        assert isinstance(found, Submitted)
        assert found.packages == done.packages
        assert (found.who, found.at) == ("李梅", "2026-01-10T14:05:00+00:00")
        assert report_of_open(ledger) == before == done.packages[0]


def report_of_open(ledger: Ledger) -> str:
    steps = submission(ledger, compiled_for(ledger, YEAR), YEAR)
    return run_steps(steps).digest


# --- Mail --------------------------------------------------------------------------


@pytest.mark.unmeasured
def test_mail__one_draft_with_all(report: Report, tmp_path: Path) -> None:
    done = hand_in(report, Mail(tmp_path / "a.eml"), wanted(), go_on)

    assert done.paths[0] == tmp_path / "a.eml"
    assert [path.name[-9:] for path in done.paths[1:]] == ["-slip.pdf"]
    assert subject(done.paths[0]) == "【小制度】华阳路街道　2025年　上报材料　第 42 版"
    found = attachments(done.paths[0])
    assert [name.rpartition("-")[2][-4:] for name in found] == [".pdf", "xlsx", ".pdf"]
    assert all(name.startswith("华阳路街道-310105001-2025-r0042-") for name in found)
    body = message_from_bytes(done.paths[0].read_bytes(), policy=policy.default)
    text = body.get_body()
    assert text is not None
    said = text.get_content()
    assert letters(report.digest) in said
    assert all(name in said for name in found if "-slip" not in name)


def splitting_limit(report: Report, tmp_path: Path) -> int:
    """Find a limit that the whole workbook does not keep, and each part does."""
    place = tmp_path / "measure"
    place.mkdir()
    done = hand_in(report, Target(place), PLAIN, go_on)
    return mailed(done.paths[0].stat().st_size) + 4000


@pytest.mark.unmeasured
def test_mail__too_large_becomes_several_that_come_to_the_same(
    desks: Desks, report: Report, tmp_path: Path
) -> None:
    limit = splitting_limit(report, tmp_path)
    done = hand_in(report, Mail(tmp_path / "a.eml", limit), PLAIN, go_on)

    first, second = done.paths
    assert (first.name, second.name) == ("a.eml", "a-2.eml")
    assert all(path.stat().st_size <= limit for path in done.paths)
    assert subject(first).endswith("（第 1 封，共 2 封）")
    assert len(set(done.packages)) == 2
    books = tmp_path / "books"
    books.mkdir()
    for path in (second, first):
        for name, data in attachments(path).items():
            (books / name).write_bytes(data)
    with opened(desks.new(*county_units())) as county:
        for path in sorted(books.iterdir()):
            read = read_one(path, READER)
            assert read.edited == ()
            (item,) = plan(county, read)
            assert names([item]) == ["new"]
            take(county, read)
        parts = content_of(county)
    with opened(desks.new(*county_units())) as county:
        take(county, read_of(manifest_in(report)))
        assert content_of(county) == parts


def test_mail__a_form_too_large_by_itself(report: Report, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        hand_in(report, Mail(tmp_path / "a.eml", 10_000), PLAIN, go_on)

    assert caught.value.message.code == "carrying.form_too_large"
    assert dict(caught.value.message.params)["form"] in dict(TITLES).values()
    assert list(tmp_path.glob("*.eml")) == []


def test_mail__a_pdf_too_large_is_left_out(report: Report, tmp_path: Path) -> None:
    limit = 100_000  # The workbook goes into that, the PDF with its fonts does not.

    done = hand_in(report, Mail(tmp_path / "a.eml", limit), wanted(slip=False), go_on)

    assert [each.code for each in done.remarks] == ["carrying.pdf_left_out"]
    assert [name[-5:] for name in attachments(done.paths[0])] == [".xlsx"]


def test_mail__a_pdf_beside_may_take_a_mail_of_its_own(
    report: Report, tmp_path: Path
) -> None:
    whole = hand_in(report, Mail(tmp_path / "a.eml"), wanted(slip=False), go_on)
    limit = whole.paths[0].stat().st_size - 6000

    done = hand_in(report, Mail(tmp_path / "b.eml", limit), wanted(slip=False), go_on)

    assert [len(attachments(path)) for path in done.paths] == [1, 1]


@pytest.mark.unmeasured
def test_part__through_libreoffice_still_verifies(
    report: Report, tmp_path: Path, program: Callable[[str], str]
) -> None:
    office = program("soffice")
    limit = splitting_limit(report, tmp_path)
    done = hand_in(report, Mail(tmp_path / "a.eml", limit), PLAIN, go_on)
    ((_, data),) = attachments(done.paths[0]).items()
    part = tmp_path / "part.xlsx"
    part.write_bytes(data)

    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            tmp_path / "saved",
            part,
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )

    saved = tmp_path / "saved" / "part.xlsx"
    assert saved.read_bytes() != data
    found = read_one(saved, READER)
    assert found.envelope is not None
    assert found.envelope.digest == done.packages[0]
    assert found.edited == ()
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
