from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from tests.cli.desks import SAMPLE
from tests.cli.desks import district
from tests.cli.desks import typed
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.records import Record

TABLE = """\
街镇,机构名称,总床位数,护理型床位数
华阳路街道,甲院,100,40
,乙院,60,
合计,,160,
"""


def table(folder: Path, text: str = TABLE) -> Path:
    path = folder / "名单.csv"
    path.write_text(text, "utf-8")
    return path


def records(path: Path) -> list[Record]:
    with opened(path) as ledger:
        return ledger.rows("eci", ledger.ids("eci", "2025"))


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("code", "name", "rows", "beds"),
    [
        ("310105", "长宁区", 27, 5285),
        ("310151", "崇明区", 39, 7895),
        ("310106", "静安区", 23, 4656),
        ("310118", "青浦区", 23, 8268),
    ],
)
def test_import__every_institution_of_a_district_arrives(
    tmp_path: Path, code: str, name: str, rows: int, beds: int
) -> None:
    path = district(tmp_path, code, name)
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT count(*), sum(beds_total) FROM eci").fetchone()
    connection.close()
    assert found == (rows, beds)


@pytest.mark.unmeasured
def test_import__what_fits_no_cell_is_kept_beside_it(tmp_path: Path) -> None:
    path = district(tmp_path, "310151", "崇明区")
    again = typed(
        tmp_path,
        "import",
        path,
        SAMPLE,
        *("--form", "eci", "--where", "district=崇明区", "--dry-run", "--json"),
    ).facts
    assert again["rows"] == {"new": 0, "update": 0, "unchanged": 39, "problem": 0}
    unfit = Counter(
        each["before"] for each in again["remarks"] if each["kind"] == "unfit"
    )
    assert {"民建民营", "长兴乡"} <= set(unfit)
    with opened(path) as ledger:
        notes = ledger.notes_of("eci", "2025").values()
    kept = [text for topics in notes for text in topics.values()]
    assert {word: sum(word in text for text in kept) for word in unfit} == unfit


def test_import__says_what_it_did_and_what_needs_a_look(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "import", path, table(tmp_path), "--form", "eci")
    assert (done.code, done.err) == (0, "")
    assert "2 new, 0 changed" in done.out
    assert "总床位数: total 160 over 2 rows, 0 blank" in done.out
    assert "row 3, 乙院: names no unit; kept under the topmost one" in done.out
    assert [record.cells["beds_total"] for record in records(path)] == [100, 60]


def test_import__dry_run_changes_nothing(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    before = path.read_bytes()
    done = typed(
        tmp_path, "import", path, table(tmp_path), "--form", "eci", "--dry-run"
    )
    assert done.code == 0
    assert "(nothing was changed)" in done.out
    assert path.read_bytes() == before


def test_import__json(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    facts = typed(
        tmp_path, "import", path, table(tmp_path), "--form", "eci", "--json"
    ).facts
    assert facts["applied"] is True
    assert facts["rows"] == {"new": 2, "update": 0, "unchanged": 0, "problem": 0}
    assert facts["totals"]["beds_total"] == {
        "sum": 160.0,
        "values": 2,
        "blanks": 0,
        "stated": 160.0,
    }
    assert facts["skipped"][0]["reason"] == "total"


def test_import__as_the_person_says(tmp_path: Path) -> None:
    text = "地方,单位,床,区\n华阳街,甲院,100,东\n华阳街,乙院,60,西\n"
    done = typed(
        tmp_path,
        "import",
        make_ledger(tmp_path),
        table(tmp_path, text),
        *("--form", "eci", "--json", "--where", "区=东"),
        *("--column", "单位=name", "--column", "床=beds_total"),
        *("--column", "地方=unit", "--column", "区="),
        *("--place", "华阳街=310105001", "--set", "status=停业"),
    )
    assert done.code == 0, done.err
    assert (done.facts["rows"]["new"], done.facts["filtered"]) == (1, 1)
    [record] = records(tmp_path / "长宁区.taizhang")
    assert record.unit == "310105001"
    assert (record.cells["name"], record.cells["status"]) == ("甲院", "停业")


def test_import__a_row_that_waits_for_a_person_makes_the_code_1(
    tmp_path: Path,
) -> None:
    text = "街镇,机构名称,总床位数\n天边镇,甲院,100\n"
    done = typed(
        tmp_path,
        "import",
        make_ledger(tmp_path),
        table(tmp_path, text),
        *("--form", "eci"),
    )
    assert done.code == 1
    assert "1 not imported" in done.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--form", "xyz"), "There is no form xyz; this ledger has: eci、area."),
        (("--form", "eci", "--sheet", "三"), "There is no sheet 三"),
        (("--form", "eci", "--set", "x"), "--set wants NAME=VALUE, not x."),
        (("--form", "eci", "--column", "无=name"), "No column is headed 无"),
        (("--form", "eci", "--column", "街镇=xyz"), "has no field xyz"),
        (("--form", "eci", "--where", "无=1"), "The table has no column 无"),
        (("--form", "eci", "--period", "2031"), "The ledger has no period 2031"),
    ],
)
def test_import__error_changes_nothing(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    path = make_ledger(tmp_path)
    before = path.read_bytes()
    done = typed(tmp_path, "import", path, table(tmp_path), *words)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be opened. Nothing was imported."),
        (b"", "is empty. Nothing was imported"),
        (b"PK\x03\x04 and no more", "is damaged or was not copied completely"),
    ],
)
def test_import__error_a_file_that_is_refused(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = make_ledger(tmp_path)
    before = path.read_bytes()
    file = tmp_path / "名单.xlsx"
    if content is not None:
        file.write_bytes(content)
    done = typed(tmp_path, "import", path, file, "--form", "eci")
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert path.read_bytes() == before


def test_import__error_no_ledger(tmp_path: Path) -> None:
    done = typed(
        tmp_path, "import", tmp_path / "no.taizhang", table(tmp_path), "--form", "eci"
    )
    assert (done.code, done.err) == (2, "There is no ledger at no.taizhang.\n")


def test_import__error_somebody_else_writes(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path):
        done = typed(tmp_path, "import", path, table(tmp_path), "--form", "eci")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("张三 has this ledger open on the computer")
    assert records(path) == []


def test_import__error_the_ledger_is_not_what_the_plan_saw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=5)
    key = RecordKey("eci", "2025", FacilityId("甲院"))
    late = Action(
        message("app.edit", field="x"), (CellChange(key, "beds_total", 1, 2),)
    )
    monkeypatch.setattr("desktop.cli.bring_in.import_action", lambda *_: late)
    done = typed(tmp_path, "import", path, table(tmp_path), "--form", "eci")
    assert (done.code, done.out) == (2, "")
    assert "was changed meanwhile" in done.err
