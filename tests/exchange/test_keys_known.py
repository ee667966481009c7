from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.manifest import Signature
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import new_key
from desktop.exchange.keys_known import OWN
from desktop.exchange.keys_known import Known
from desktop.exchange.keys_known import KnownKeys
from desktop.exchange.keys_known import Past
from desktop.exchange.keys_known import Standing
from desktop.exchange.keys_known import Trust
from desktop.exchange.keys_known import UnitKeys
from desktop.exchange.keys_known import checked
from desktop.exchange.keys_known import judged
from desktop.exchange.keys_known import read_keys
from desktop.exchange.keys_known import revoked
from desktop.exchange.keys_known import seen
from desktop.exchange.keys_known import write_keys
from desktop.exchange.signing import sign_digest

EAST, WEST, COUNTY = "310105001", "310105002", "310105"
NAMES = {COUNTY: "长宁区", EAST: "华阳路街道", WEST: "江苏路街道"}
DIGEST = "cd" * 32
KEY, OTHER = new_key(), new_key()
DAY = "2026-01-09"


def known(keys: UnitKeys, unit: str = EAST, own: str = "") -> KnownKeys:
    return KnownKeys({unit: keys}, NAMES, {OWN: own}, COUNTY)


def standing(keys: UnitKeys, key: KeptKey | None = KEY) -> tuple[Standing, str]:
    signature = sign_digest(key, DIGEST) if key else None
    found = judged(known(keys), EAST, DIGEST, signature)
    return found.standing, found.said.code


SEEN = seen(UnitKeys(), KEY.fingerprint, DAY, "王")
CHECKED = checked(UnitKeys(), KEY.fingerprint, DAY, "王")


def test_judged__a_key_on_its_way_from_unknown_to_revoked() -> None:
    assert standing(UnitKeys()) == (Standing.FIRST, "sign.first")
    assert standing(SEEN) == (Standing.FIRST, "sign.seen")
    assert standing(CHECKED) == (Standing.CHECKED, "sign.checked")
    gone = revoked(CHECKED, DAY, "王")
    assert standing(gone) == (Standing.REVOKED, "sign.former_revoked")
    assert standing(gone, OTHER) == (Standing.FIRST, "sign.first")
    again = checked(gone, KEY.fingerprint, DAY, "王")
    assert standing(again) == (Standing.CHECKED, "sign.checked")
    assert again.past == ()


@pytest.mark.parametrize("keys", [SEEN, CHECKED])
def test_judged__another_key_than_the_one_known_is_loud(keys: UnitKeys) -> None:
    assert standing(keys, OTHER) == (Standing.REPLACED, "sign.replaced")
    replaced = checked(keys, OTHER.fingerprint, DAY, "王")
    assert standing(replaced, OTHER) == (Standing.CHECKED, "sign.checked")
    assert standing(replaced, KEY) == (Standing.REVOKED, "sign.former_replaced")
    assert replaced.past == (Known(KEY.fingerprint, Past.REPLACED, DAY, "王"),)


def test_judged__a_signature_taken_away_is_loud_where_there_was_one() -> None:
    assert standing(UnitKeys(), None) == (Standing.UNSIGNED, "sign.unsigned")
    assert standing(SEEN, None) == (Standing.MISSING, "sign.missing")
    assert standing(CHECKED, None) == (Standing.MISSING, "sign.missing")
    gone = revoked(CHECKED, DAY, "王")
    assert standing(gone, None) == (Standing.UNSIGNED, "sign.unsigned")


def test_judged__a_signature_of_something_else_is_broken_whoever_made_it() -> None:
    signature = sign_digest(KEY, "00" * 32)
    found = judged(known(CHECKED), EAST, DIGEST, signature)
    assert found.standing is Standing.BROKEN
    assert found.loud


def test_judged__another_unit_s_key_is_named() -> None:
    signature = sign_digest(KEY, DIGEST)
    found = judged(known(CHECKED, WEST), EAST, DIGEST, signature)
    assert (found.standing, found.said.code) == (Standing.FIRST, "sign.first_elsewhere")
    assert dict(found.said.params)["other"] == "江苏路街道"
    gone = known(revoked(CHECKED, DAY, "王"), WEST)
    assert judged(gone, EAST, DIGEST, signature).said.code == "sign.first"


def test_judged__the_ledger_s_own_key_is_its_own_only_for_its_own_unit() -> None:
    mine = known(UnitKeys(), own=KEY.fingerprint)
    signature = sign_digest(KEY, DIGEST)
    assert judged(mine, COUNTY, DIGEST, signature).standing is Standing.OWN
    assert judged(mine, EAST, DIGEST, signature).standing is Standing.FIRST


@pytest.mark.parametrize(("scheme", "shown"), [("sm2", "国密 SM2"), ("x\n", "'x\\n'")])
def test_judged__an_unknown_kind_of_signature_is_told_plainly(
    scheme: str, shown: str
) -> None:
    signature = Signature(scheme, "key", "value")
    found = judged(known(CHECKED), EAST, DIGEST, signature)
    assert found.standing is Standing.UNKNOWN_SCHEME
    assert dict(found.said.params) == {"scheme": shown}
    assert found.fingerprint == ""
    assert found.needs_look
    assert not found.loud


def test_judged__says_what_to_compare() -> None:
    found = judged(known(UnitKeys()), EAST, DIGEST, sign_digest(KEY, DIGEST))
    assert found.fingerprint == KEY.fingerprint
    assert dict(found.said.params)["fingerprint"] == KEY.fingerprint
    assert found.needs_look
    assert not found.loud
    quiet = judged(known(CHECKED), EAST, DIGEST, sign_digest(KEY, DIGEST))
    assert not quiet.needs_look


def test_judged__a_unit_that_is_gone_is_called_by_its_code() -> None:
    found = judged(known(CHECKED, "999"), "999", DIGEST, None)
    assert dict(found.said.params) == {"unit": "999"}


def test_seen__says_nothing_new_of_a_key_that_is_known() -> None:
    assert seen(CHECKED, KEY.fingerprint, "later", "李") == CHECKED
    assert seen(CHECKED, OTHER.fingerprint, "later", "李") == CHECKED
    gone = revoked(CHECKED, DAY, "王")
    assert seen(gone, KEY.fingerprint, "later", "李") == gone
    assert revoked(gone, "later", "李") == gone


PRINTS = st.sampled_from([KEY.fingerprint, OTHER.fingerprint, "X"])
PEOPLE = st.text(max_size=5)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just(seen), PRINTS),
            st.tuples(st.just(checked), PRINTS),
            st.just((revoked, None)),
        ),
        max_size=8,
    ),
    PEOPLE,
)
def test_write_keys__what_was_said_is_read_back(
    steps: list[tuple[object, str | None]], who: str
) -> None:
    keys = UnitKeys()
    for step, print_ in steps:
        arguments = (keys, print_, DAY, who) if print_ else (keys, DAY, who)
        keys = step(*arguments)  # type: ignore[operator]  # one of three functions
        assert read_keys(write_keys(keys)) == keys
        prints = [one.print for one in keys.past]
        assert len(set(prints)) == len(prints)
        assert keys.now is None or keys.now.print not in prints
    assert write_keys(UnitKeys()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"now":[1,2,3,4],"past":[]}',
        '{"now":["X","seen","",""],"past":[["X","seen","",""]]}',
        '{"now":["X","seen",""],"past":[]}',
        '{"now":null,"past":7}',
        json.dumps({"now": ["X", "trusted", "", ""], "past": []}),
    ],
)
def test_read_keys__what_cannot_be_read_is_not_known(text: str) -> None:
    assert read_keys(text) == UnitKeys()


def test_trust__only_a_person_s_comparison_makes_it() -> None:
    assert SEEN.now is not None
    assert SEEN.now.state is Trust.SEEN
    assert CHECKED.now == replace(SEEN.now, state=Trust.CHECKED)


def test_write_keys__nothing_known_is_no_text() -> None:
    assert write_keys(UnitKeys()) == ""
    assert read_keys("") == UnitKeys()
