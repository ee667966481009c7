"""What verify says of signatures, with and without a ledger that knows keys."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import compiled_for
from desktop.app.handover.keeping.signing import enrol
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.sending.submitting import submission
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import write
from desktop.app.verify.running import verify
from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Verdict
from desktop.core.changes import Action
from desktop.core.manifest import Signature
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import new_key
from desktop.exchange.signing import sign_digest
from tests.cli.desks import RESOURCES
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import do
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.small import YEAR
from tests.small import make_filled
from tests.small import person
from tests.verified import write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READER = (sys.executable, "-m", "desktop", "--read-workbook")
KEY = new_key()


def right(digest: str) -> Signature | None:
    return sign_digest(KEY, digest)


def wrong(_: str) -> Signature | None:
    return sign_digest(KEY, "00" * 32)


def foreign(_: str) -> Signature | None:
    return Signature("sm2", "key", "value")


def none(_: str) -> Signature | None:
    return None


def handed_in(folder: Path, signed: Callable[[str], Signature | None]) -> Path:
    with opened(Desks(folder).new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        report = run_steps(submission(ledger, compiled_for(ledger, YEAR), YEAR))
    report = replace(report, signature=signed(report.digest))
    wanted = Wanted(folder, "上报", RESOURCES / "fonts", pdf=False)
    [path] = write(report, wanted, lambda _: True).paths
    return path


def checked(*paths: Path) -> list[Check]:
    return list(run_steps(verify(paths, READER, opened)))


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("signed", "code", "verdict"),
    [
        (right, "sign.holds", Verdict.AGREES),
        (wrong, "sign.broken", Verdict.DIFFERS),
        (foreign, "sign.unknown_scheme", Verdict.AGREES),
        (none, "verify.cells-agree", Verdict.AGREES),
    ],
)
def test_verify__a_file_alone(
    tmp_path: Path,
    signed: Callable[[str], Signature | None],
    code: str,
    verdict: Verdict,
) -> None:
    [check] = checked(handed_in(tmp_path, signed))
    assert (check.says[-1].code, check.verdict) == (code, verdict)


def county(folder: Path, key: KeptKey | None) -> Path:
    (folder / "county").mkdir()
    path = Desks(folder / "county").new(*county_units())
    if key is not None:
        with opened(path) as ledger:
            action = enrol(known_keys(ledger), EAST, key.fingerprint, person())
            assert isinstance(action, Action)
            do(ledger, *action.changes)
    return path


@pytest.mark.parametrize(
    ("signed", "key", "code", "verdict"),
    [
        (right, None, "sign.first", Verdict.UNKNOWN),
        (right, KEY, "sign.checked", Verdict.AGREES),
        (right, new_key(), "sign.replaced", Verdict.DIFFERS),
        (none, KEY, "sign.missing", Verdict.DIFFERS),
        (none, None, None, None),
        (wrong, KEY, None, None),
        (foreign, KEY, None, None),
    ],
)
def test_verify__with_a_ledger_that_knows_keys(
    tmp_path: Path,
    signed: Callable[[str], Signature | None],
    key: KeptKey | None,
    code: str | None,
    verdict: Verdict | None,
) -> None:
    file = handed_in(tmp_path, signed)
    place = county(tmp_path, key)
    about = (file.name, place.name)
    found = [
        (check.says[0].code, check.verdict)
        for check in checked(file, place)
        if check.about == about and check.says[0].code.startswith("sign.")
    ]
    assert found == ([] if code is None else [(code, verdict)])


def test_verify__a_file_of_a_unit_elsewhere_is_not_judged(tmp_path: Path) -> None:
    file = handed_in(tmp_path, right)
    (tmp_path / "county").mkdir()
    place = Desks(tmp_path / "county").new(street("310105009"))
    codes = [said.code for check in checked(file, place) for said in check.says]
    assert "sign.holds" in codes
    assert "sign.first" not in codes


@pytest.mark.unmeasured
def test_verify__a_report_is_no_submission_and_misses_no_signature(
    tmp_path: Path,
) -> None:
    path = make_filled(tmp_path)
    with opened(path) as ledger:
        make_key(ledger)
        write_files(ledger, tmp_path, "报告")
    checks = checked(tmp_path / "报告.xlsx", tmp_path / "报告.pdf", path)
    codes = [said.code for check in checks for said in check.says]
    assert not any(code.startswith("sign.") for code in codes)
