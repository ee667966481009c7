"""The account that goes with a ledger: what is open, who did what, is it whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping import archiving_account
from desktop.app.handover.keeping.archiving_account import Account
from desktop.app.handover.keeping.archiving_account import Asked
from desktop.app.handover.keeping.archiving_account import account_of
from desktop.app.handover.keeping.signing import Arrived
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import noted
from desktop.app.ledgers.backing_up import backup_folder
from desktop.app.progress import run_steps
from desktop.exchange.handing import Purpose
from desktop.exchange.keys import new_key
from desktop.exchange.sealing import LEAST_COST
from desktop.exchange.signing import sign_digest
from desktop.export import handing as words
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.packages import PHRASE
from tests.app.handover.packages import SAY
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import county_units
from tests.exchange.townships import do
from tests.exchange.townships import home
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import put
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import YEAR
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Desks(tmp_path).new(*county_units())


def account(ledger: Ledger, purpose: Purpose = Purpose.HANDOVER) -> Account:
    asked = Asked(purpose, ledger.path, "李芳", "王明", "", "2026-01-09T10:00:00")
    return run_steps(account_of(ledger, asked, SAY))


def rows(found: Account, kind: str) -> list[tuple[str, ...]]:
    return [row[1:] for row in found.notice.rows if row[0] == kind]


def test_account__everything_that_is_open_stands_in_it(
    county: Path, tmp_path: Path
) -> None:
    (tmp_path / "east").mkdir()
    with opened(Desks(tmp_path / "east").new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=10)
        first = submit(east, "first.xlsx")
        put(east, home("甲院"), "beds_nursing", 3)
        second = submit(east, "second.xlsx")
        beds(east, "甲院", 12)
        third = submit(east, "third.xlsx")
    key = new_key()
    with opened(county) as ledger:
        take(ledger, first)
        sent_back(ledger, first, "eci/甲院/beds_total", "与上年相差太大")
        sent_back(ledger, first, "eci/甲院/beds_nursing", "请补填")
        issued(ledger)
        take(ledger, second)
        take(ledger, third, wish=skipped)
        add(ledger, "坏院", EAST, beds_total=1, beds_nursing=2)
        note(ledger, "坏院", "flag:beds_total", "1")
        note(ledger, "坏院", "field:beds_total", "再问一下")
        note(ledger, "甲院", "field:beds_total", "盘点过")
        seen = Arrived("ab" * 32, EAST, YEAR.code, sign_digest(key, "ab" * 32))
        do(ledger, *noted(known_keys(ledger), [seen], person()))
        found = account(ledger)
        assert rows(found, words.FLAG) == [
            ("2025年", "养老机构调查表 坏院 总床位数", "再问一下")
        ]
        assert rows(found, words.RETURNED) == [
            ("2025年", "养老机构调查表 甲院 总床位数", "与上年相差太大")
        ]
        assert rows(found, words.ASIDE) == [("2025", "third.xlsx", "华阳路街道")]
        assert rows(found, words.KEY_OPEN) == [("", "华阳路街道", key.fingerprint)]
        [error] = rows(found, words.ERROR)
        assert "坏院" in error[1]
        kinds = {row[0] for row in found.notice.rows}
        open_ = [r for r in found.notice.rows if r[0] not in (words.WORK, words.LATEST)]
        assert found.open == len(open_)
        assert words.FOUND not in kinds
        assert found.faults == 0
        text = words.in_text(found.notice)
        assert all(cell in text for row in found.notice.rows for cell in row)


def test_account__who_did_what_stands_in_it(county: Path) -> None:
    with opened(county) as ledger:
        add(ledger, "甲院", EAST, beds_total=1)
        found = account(ledger)
        last, first_action = rows(found, words.LATEST)[0], rows(found, words.LATEST)[-1]
        assert first_action[1] == "新建台账"
        assert last[2].endswith(person().who)
        [worked] = rows(found, words.WORK)
        assert worked[1] == person().who
        assert worked[2].startswith(f"{ledger.head().revision} 次操作")


def test_account__what_is_too_much_is_counted(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving_account, "MOST", 2)
    with opened(county) as ledger:
        for name in "甲乙丙丁":
            add(ledger, name, EAST, beds_total=1)
            note(ledger, name, "flag:beds_total", "1")
        flags = rows(account(ledger), words.FLAG)
    assert len(flags) == 3
    assert flags[-1] == ("2025年", words.MORE.format(count=2), "")


def test_account__facts_say_what_the_ledger_is(county: Path) -> None:
    with opened(county) as ledger:
        facts = dict(account(ledger).notice.facts)
        assert facts[words.UNIT] == "长宁区（310105）"
        assert facts[words.KEY] == words.NO_KEY
        assert facts[words.BACKUP] == words.NO_BACKUP
        assert facts[words.WHOLE] == words.IS_WHOLE
        assert facts[words.TAKER] == "王明"
        key = make_key(ledger)
        ledger.backup(backup_folder(county))
        facts = dict(account(ledger).notice.facts)
        assert facts[words.KEY] == key.fingerprint
        assert facts[words.BACKUP].endswith(f"第 {ledger.head().revision} 版")
        make_key(ledger, PHRASE, LEAST_COST)
        assert "设有密码" in dict(account(ledger).notice.facts)[words.KEY]


def test_account__for_the_archive_nobody_takes_over(county: Path) -> None:
    with opened(county) as ledger:
        found = account(ledger, Purpose.ARCHIVE)
    facts = dict(found.notice.facts)
    assert facts[words.KEEPER] == "李芳"
    assert words.TAKER not in facts
    assert found.notice.title == words.ARCHIVE
    assert found.notice.sides == words.SIDES_ARCHIVE


def test_account__nothing_open_is_said(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving_account, "finding_lines", lambda *_: iter(()))
    with opened(county) as ledger:
        found = account(ledger)
    assert found.open == 0
    assert found.notice.rows[0] == ("", "", words.NO_ITEMS, "")


def test_account__a_ledger_that_is_not_whole_says_so(county: Path) -> None:
    with closing(sqlite3.connect(county)) as file:
        file.execute("INSERT INTO _nil VALUES ('eci', '2025', '310105001')")
        file.commit()
    with opened(county) as ledger:
        found = account(ledger)
    assert found.faults == 1
    assert dict(found.notice.facts)[words.WHOLE] == words.IS_NOT_WHOLE.format(count=1)
    assert len(rows(found, words.FOUND)) == 1


def test_account__a_warning_that_nobody_explained_is_open(county: Path) -> None:
    with opened(county) as ledger:
        add(ledger, "甲院", EAST, beds_total=100)
        put(ledger, area(EAST), "pop_60plus", 1)
        asked = Asked(Purpose.ARCHIVE, county, "李芳", "", "一句话", "2026-01-09T10:00")
        found = run_steps(account_of(ledger, asked, SAY))
    open_ = rows(found, words.WARNING)
    assert open_
    assert {row[2] for row in open_} == {words.UNEXPLAINED}
    assert not any(row[1].startswith("[") for row in open_)
    assert dict(found.notice.facts)[words.NOTE] == "一句话"
