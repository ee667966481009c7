from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.signing import EVERY
from desktop.app.handover.keeping.signing import KEY
from desktop.app.handover.keeping.signing import Arrived
from desktop.app.handover.keeping.signing import Judgement
from desktop.app.handover.keeping.signing import KnownKeys
from desktop.app.handover.keeping.signing import Standing
from desktop.app.handover.keeping.signing import enrol
from desktop.app.handover.keeping.signing import facts
from desktop.app.handover.keeping.signing import judged
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import noted
from desktop.app.handover.keeping.signing import own_key
from desktop.app.handover.keeping.signing import relock
from desktop.app.handover.keeping.signing import revoke
from desktop.app.handover.keeping.signing import sign
from desktop.app.opening import open_ledger
from desktop.core.catalogue import CATALOGUE
from desktop.core.changes import Action
from desktop.core.manifest import Signature
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.words import Words
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import encoded
from desktop.exchange.keys import new_key
from desktop.exchange.keys import write_key
from desktop.exchange.keys_known import OF_PACKAGE
from desktop.exchange.keys_known import OWN
from desktop.exchange.sealing import LEAST_COST
from desktop.exchange.signing import Proof
from desktop.exchange.signing import proof_of
from desktop.exchange.signing import sign_digest
from desktop.store.errors import ReadOnlyError
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import county_units
from tests.exchange.townships import do
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.small import YEAR
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger

DIGEST = "ef" * 32


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Desks(tmp_path).new(*county_units())


def decide(ledger: Ledger, action: Action | Message) -> None:
    assert isinstance(action, Action), action
    do(ledger, *action.changes)


def test_sign__a_ledger_without_key_signs_nothing(county: Path) -> None:
    with opened(county) as ledger:
        assert own_key(ledger) is None
        assert sign(ledger, DIGEST) is None
        assert relock(ledger, "", "x") == Message("keys.none")


def test_make_key__signs_from_then_on_and_tells_the_log(county: Path) -> None:
    with opened(county) as ledger:
        key = make_key(ledger)
        signature = sign(ledger, DIGEST)
        assert isinstance(signature, Signature)
        assert proof_of(signature, DIGEST) is Proof.GOOD
        assert signature.key == encoded(key.public)
        assert known_keys(ledger).own == key.fingerprint
        [entry] = ledger.log(ledger.head().seq - 1)
        assert entry.title == message("keys.action.made")
        assert entry.after == {OWN: key.fingerprint}
        assert ledger.doctor().problems == ()
    with opened(county) as ledger:
        assert sign(ledger, DIGEST) == signature


def test_make_key__the_private_part_is_in_one_row_and_no_log(county: Path) -> None:
    with opened(county) as ledger:
        secret = encoded(make_key(ledger).private)
        assert secret in ledger.own_note(KEY)
        rows = ledger.query("SELECT body FROM _log")
        assert not any(secret in str(row) for row in rows)
        chosen = ledger.choices(EVERY)
        assert secret not in json.dumps(chosen)


def test_make_key__anew_takes_the_place_of_the_old_one(county: Path) -> None:
    with opened(county) as ledger:
        first = make_key(ledger)
        second = make_key(ledger)
        assert own_key(ledger) == second
        [entry] = ledger.log(ledger.head().seq - 1)
        assert entry.before == {OWN: first.fingerprint}


def test_relock__under_a_password_only_who_knows_it_signs(county: Path) -> None:
    with opened(county) as ledger:
        secret = encoded(make_key(ledger).private)
        before = ledger.head()
        assert relock(ledger, "", "长夏", LEAST_COST) is None
        assert ledger.head() == before
        assert sign(ledger, DIGEST) == Message("keys.password_wanted")
        assert sign(ledger, DIGEST, "no") == Message("keys.password_wrong")
        assert isinstance(sign(ledger, DIGEST, "长夏"), Signature)
        assert relock(ledger, "no", "") == Message("keys.password_wrong")
    # Nothing of the open key is left lying in the file.
    assert secret.encode() not in county.read_bytes()
    with opened(county) as ledger:
        assert relock(ledger, "长夏", "") is None
        assert isinstance(sign(ledger, DIGEST), Signature)


def test_relock__a_damaged_key_is_said(county: Path) -> None:
    with opened(county) as ledger:
        ledger.keep_note(KEY, "{}", Action(message("test"), ()))
        assert own_key(ledger) == Message("keys.damaged")
        assert sign(ledger, DIGEST) == Message("keys.damaged")
        assert relock(ledger, "", "x") == Message("keys.damaged")
        ledger.keep_note(KEY, "", Action(message("test"), ()))
        assert own_key(ledger) is None


def test_sign__halves_that_do_not_belong_together_sign_nothing(county: Path) -> None:
    wrong = KeptKey(new_key().public, new_key().private)
    with opened(county) as ledger:
        ledger.keep_note(KEY, write_key(wrong), Action(message("test"), ()))
        assert sign(ledger, DIGEST) == Message("keys.damaged")


def test_make_key__a_ledger_opened_for_reading_gets_none(county: Path) -> None:
    reading = open_ledger(county, person(), read_only=True)
    with reading as ledger, pytest.raises(ReadOnlyError):
        make_key(ledger)


def test_copy__of_a_ledger_has_the_same_key(tmp_path: Path) -> None:
    desks = Desks(tmp_path)
    east = desks.new(street(EAST))
    with opened(east) as ledger:
        key = make_key(ledger)
    with opened(desks.copy(east)) as ledger:
        assert own_key(ledger) == key


def arrived(key: KeptKey, unit: str = EAST, package: str = DIGEST) -> Arrived:
    return Arrived(package, unit, YEAR.code, sign_digest(key, package))


def standing(ledger: Ledger, key: KeptKey | None) -> Standing:
    signature = sign_digest(key, DIGEST) if key else None
    return judged(known_keys(ledger), EAST, DIGEST, signature).standing


def test_noted__a_key_is_known_again_and_another_is_seen(county: Path) -> None:
    key, other = new_key(), new_key()
    with opened(county) as ledger:
        assert standing(ledger, key) is Standing.FIRST
        do(ledger, *noted(known_keys(ledger), [arrived(key)], person()))
        assert standing(ledger, key) is Standing.FIRST
        assert standing(ledger, other) is Standing.REPLACED
        assert standing(ledger, None) is Standing.MISSING
        text = ledger.choices(YEAR.code)[OF_PACKAGE + DIGEST]
        assert proof_of(Signature(*json.loads(text)), DIGEST) is Proof.GOOD
        # A file taken again, or one with another key, changes nothing of that.
        again = [arrived(key), arrived(key), arrived(other)]
        assert noted(known_keys(ledger), again, person()) == ()


def test_noted__what_proves_nothing_is_not_remembered(county: Path) -> None:
    signature = sign_digest(new_key(), "00" * 32)
    with opened(county) as ledger:
        known = known_keys(ledger)
        given = [
            Arrived(DIGEST, EAST, YEAR.code, None),
            Arrived(DIGEST, EAST, YEAR.code, signature),
            Arrived(DIGEST, WEST, YEAR.code, Signature("sm2", "k", "v")),
        ]
        assert noted(known, given, person()) == ()


def test_noted__several_files_of_one_unit_are_one_sight(county: Path) -> None:
    key = new_key()
    with opened(county) as ledger:
        both = [arrived(key), arrived(key, package="01" * 32)]
        changes = noted(known_keys(ledger), both, person())
        do(ledger, *changes)
        assert len(changes) == 3
        assert known_keys(ledger).signed == {
            (YEAR.code, DIGEST),
            (YEAR.code, "01" * 32),
        }


def test_enrol__compared_replaced_and_revoked(county: Path) -> None:
    key, other = new_key(), new_key()
    with opened(county) as ledger:
        do(ledger, *noted(known_keys(ledger), [arrived(key)], person()))
        decide(ledger, enrol(known_keys(ledger), EAST, key.fingerprint, person()))
        assert standing(ledger, key) is Standing.CHECKED
        refused = enrol(known_keys(ledger), EAST, other.fingerprint, person())
        assert isinstance(refused, Message)
        assert refused.code == "keys.differs"
        known = known_keys(ledger)
        decide(ledger, enrol(known, EAST, other.fingerprint, person(), replace=True))
        assert standing(ledger, other) is Standing.CHECKED
        assert standing(ledger, key) is Standing.REVOKED
        refused = enrol(known_keys(ledger), WEST, key.fingerprint, person())
        assert isinstance(refused, Action)
        decide(ledger, revoke(known_keys(ledger), EAST, person()))
        assert standing(ledger, other) is Standing.REVOKED
        refused = enrol(known_keys(ledger), EAST, other.fingerprint, person())
        assert isinstance(refused, Message)
        assert refused.code == "keys.former"
        assert ledger.doctor().problems == ()


def test_enrol__says_why_not(county: Path) -> None:
    with opened(county) as ledger:
        known = known_keys(ledger)
        assert enrol(known, "99", "X", person()) == message(
            "keys.unknown_unit", unit="99"
        )
        assert revoke(known, "99", person()) == message("keys.unknown_unit", unit="99")
        said = revoke(known, EAST, person())
        assert said == message("keys.no_key", unit="华阳路街道")


def test_enrol__before_the_first_file_comes(county: Path) -> None:
    key = new_key()
    with opened(county) as ledger:
        decide(ledger, enrol(known_keys(ledger), EAST, key.fingerprint, person()))
        assert standing(ledger, key) is Standing.CHECKED
        assert standing(ledger, new_key()) is Standing.REPLACED


def test_facts__are_what_a_script_reads() -> None:
    key = new_key()
    known = KnownKeys({}, {EAST: "华阳路街道"}, {})
    found = judged(known, EAST, DIGEST, sign_digest(key, DIGEST))
    told = facts(found, Words(CATALOGUE))
    assert told["standing"] == "first"
    assert told["fingerprint"] == key.fingerprint
    assert told["scheme"] == "ed25519"
    assert told["loud"] is False
    assert key.fingerprint in str(told["says"])
    loud = Judgement(Standing.BROKEN, message("sign.broken"))
    assert facts(replace(loud), Words(CATALOGUE))["loud"] is True
