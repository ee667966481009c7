"""`taizhang keys`, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping import signing
from desktop.app.handover.keeping.signing import KEY
from desktop.app.handover.keeping.signing import Arrived
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import noted
from desktop.core.changes import Action
from desktop.core.messages import message
from desktop.exchange.keys import new_key
from desktop.exchange.sealing import LEAST_COST
from desktop.exchange.signing import sign_digest
from tests.cli.desks import typed
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import county_units
from tests.exchange.townships import do
from tests.exchange.townships import opened
from tests.small import YEAR
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Desks(tmp_path).new(*county_units())


def test_keys__made_shown_and_kept(county: Path, tmp_path: Path) -> None:
    none = typed(tmp_path, "keys", county)
    assert none.out == "This ledger has no key: what it hands in is not signed.\n"
    assert typed(tmp_path, "keys", county, "--json").facts == {"own": None, "units": []}
    made = typed(tmp_path, "keys", county, "--make")
    shown = typed(tmp_path, "keys", county, "--json").facts["own"]
    assert made.out == f"Own key: {shown['fingerprint']}\n"
    assert shown["locked"] is False
    again = typed(tmp_path, "keys", county, "--make")
    assert again.code == 2
    assert "--anew" in again.err
    assert typed(tmp_path, "keys", county, "--anew").code == 0
    assert typed(tmp_path, "keys", county, "--json").facts["own"] != shown


def test_keys__under_a_password(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("new_key", "locked"):
        cheap = getattr(signing, name)
        monkeypatch.setattr(
            signing,
            name,
            lambda *given, _do=cheap: _do(*given[:-1], LEAST_COST),
        )

    def said(_: str) -> str:
        return "长夏 2026 移交"

    made = typed(tmp_path, "keys", county, "--make", "--lock", ask=said)
    assert made.code == 0, made.err
    assert "under a password" in made.out
    wrong = typed(tmp_path, "keys", county, "--unlock", ask=lambda _: "no")
    assert wrong.code == 2
    assert "not the password" in wrong.err
    off = typed(tmp_path, "keys", county, "--unlock", "--json", ask=said)
    assert off.facts["own"]["locked"] is False
    on = typed(tmp_path, "keys", county, "--lock", "--json", ask=said)
    assert on.facts["own"]["locked"] is True
    other = Desks(tmp_path / "other")
    (tmp_path / "other").mkdir()
    nothing = typed(tmp_path, "keys", other.new(*county_units()), "--lock", ask=said)
    assert nothing.code == 2


def test_keys__compared_replaced_and_revoked(county: Path, tmp_path: Path) -> None:
    seen, first, second = new_key(), new_key(), new_key()
    with opened(county) as ledger:
        arrived = Arrived("ab" * 32, WEST, YEAR.code, sign_digest(seen, "ab" * 32))
        do(ledger, *noted(known_keys(ledger), [arrived], person()))
    pair = f"华阳路街道={first.fingerprint}"
    done = typed(tmp_path, "keys", county, "--check", pair)
    assert done.code == 0, done.err
    assert f"  {first.fingerprint}  compared" in done.out
    assert f"  {seen.fingerprint}  not compared yet" in done.out
    other = f"{EAST}={second.fingerprint}"
    refused = typed(tmp_path, "keys", county, "--check", other)
    assert refused.code == 2
    assert "NOT the key" in refused.err
    done = typed(tmp_path, "keys", county, "--replace", other, "--revoke", WEST)
    assert f"  {first.fingerprint}  replaced" in done.out
    assert f"  {seen.fingerprint}  revoked" in done.out
    facts = typed(tmp_path, "keys", county, "--json").facts["units"]
    assert [(one["unit"], one["name"]) for one in facts] == [
        (EAST, "华阳路街道"),
        (WEST, "江苏路街道"),
    ]
    assert facts[0]["now"] == {
        "fingerprint": second.fingerprint,
        "state": "checked",
        "on": person().clock().date().isoformat(),
        "by": person().who,
    }
    assert facts[1]["now"] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--check", "310105001=ABC"), "is no fingerprint"),
        (("--check", "310105001"), "--check"),
        (("--revoke", "99"), "no unit 99"),
        (("--revoke", EAST), "nothing to revoke"),
    ],
)
def test_keys__error(
    county: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    found = typed(tmp_path, "keys", county, *words)
    assert found.code == 2
    assert says in found.err


def test_keys__a_damaged_key_is_said(county: Path, tmp_path: Path) -> None:
    with opened(county) as ledger:
        ledger.keep_note(KEY, "{}", Action(message("test"), ()))
    found = typed(tmp_path, "keys", county)
    assert found.code == 2
    assert "damaged" in found.err
