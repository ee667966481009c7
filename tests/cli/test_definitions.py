from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import message
from desktop.store.ledger import Ledger
from desktop.store.records import Conflict
from desktop.store.records import Stale
from tests.cli.desks import typed
from tests.small import PARAMETERS
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a ledger with 100 beds open, 60 of them nursing, and 100 beds closed."""
    found = make_ledger(tmp_path, choosing_pack())
    with opened(found) as ledger:
        put(ledger, "a", beds_total=100, beds_nursing=60)
        put(ledger, "b", beds_total=100, beds_nursing=0, status="停业")
    return found


def test_definitions__list(tmp_path: Path, path: Path) -> None:
    done = typed(tmp_path, "definitions", path)

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "definition.beds  养老服务床位",
        "  * all  运营中的床位",
        "    closed_too  连同停业的床位",
        "param.jump  涨幅：2 倍 (1 to 3)",
        "param.free  界限：0.5",
    ]


def test_definitions__chosen_with_what_it_changes(tmp_path: Path, path: Path) -> None:
    done = typed(
        tmp_path, "definitions", path, "--set", "beds=closed_too", "--set", "jump=1.5"
    )

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "definition.beds  养老服务床位 (chosen here)",
        "    all  运营中的床位",
        "  * closed_too  连同停业的床位",
        "param.jump  涨幅：1.5 倍 (chosen here) (1 to 3)",
        "param.free  界限：0.5",
        "  护理型床位占比：60.00 → 30.00 %",
    ]
    with opened(path) as ledger:
        assert ledger.choices("2025") == {
            "definition.beds": "closed_too",
            "param.jump": "1.5",
        }
    assert "30.00%" in typed(tmp_path, "indicators", path).out

    back = typed(tmp_path, "definitions", path, "--set", "definition.beds=")
    assert back.out.splitlines()[-1] == "  护理型床位占比：30.00 → 60.00 %"


def test_definitions__nothing_rests_on_it(tmp_path: Path, path: Path) -> None:
    done = typed(tmp_path, "definitions", path, "--set", "free=0.7")

    assert done.out.splitlines()[-1] == "param.free  界限：0.7 (chosen here)"


def test_definitions__as_json(tmp_path: Path, path: Path) -> None:
    facts = typed(
        tmp_path, "definitions", path, "--set", "beds=closed_too", "--json"
    ).facts

    beds, jump, free = facts["choices"]
    assert (facts["period"], beds["now"], beds["given"], beds["own"]) == (
        "2025",
        "closed_too",
        "all",
        True,
    )
    assert beds["explanation"] == "原文没有说停业机构的床位算不算。"
    assert [option["origin"] for option in beds["options"]] == ["演示", "演示"]
    assert (jump["minimum"], jump["maximum"], jump["measure"]) == ("1", "3", "倍")
    assert (free["minimum"], free["origin"]) == (None, PARAMETERS[1]["ours"])
    assert facts["effects"] == [
        {
            "indicator": "nursing_share",
            "title": "护理型床位占比",
            "before": "60.00",
            "after": "30.00",
        }
    ]


def test_definitions__a_figure_that_is_missing(tmp_path: Path) -> None:
    path = make_ledger(tmp_path, choosing_pack())

    done = typed(tmp_path, "definitions", path, "--set", "beds=closed_too")

    assert done.out.splitlines()[-1] == "  护理型床位占比：— → — %"


def test_definitions__a_pack_that_leaves_nothing_to_choose(tmp_path: Path) -> None:
    done = typed(tmp_path, "definitions", make_ledger(tmp_path))

    assert (done.code, done.out) == (0, "小制度 leaves nothing to choose.\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("beds=most", "“养老服务床位” has no option most"),
        ("bed=all", "did you mean definition.beds?"),
        ("fixed=3", "is laid down by the reporting system"),
        ("jump=9", "“涨幅” may be at most 3"),
        ("beds", "--set wants NAME=VALUE, not beds."),
    ],
)
def test_definitions__error(tmp_path: Path, path: Path, given: str, said: str) -> None:
    done = typed(tmp_path, "definitions", path, "--set", given)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    with opened(path) as ledger:
        assert ledger.choices("2025") == {}


def test_definitions__changed_meanwhile__error(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = Stale((Conflict(message("store.stale_choice", name="x")),))
    monkeypatch.setattr(Ledger, "apply", lambda *_: stale)

    done = typed(tmp_path, "definitions", path, "--set", "beds=closed_too")

    assert (done.code, done.err) == (2, "What is chosen for x was changed meanwhile.\n")
