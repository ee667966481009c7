from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Verdict
from desktop.app.verify.words import KINDS
from desktop.app.verify.words import VERDICTS
from desktop.app.verify.words import counted
from desktop.app.verify.words import in_words
from desktop.app.verify.words import save_list
from desktop.app.verify.words import sentence
from desktop.app.verify.words import text_of
from desktop.app.verify.words import worst_first
from desktop.core.catalogue import CATALOGUE
from desktop.core.manifest import UNIT_NAME
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.messages import message
from desktop.core.words import Words

if TYPE_CHECKING:
    from pathlib import Path

SAY = Words(CATALOGUE)
CELL = Difference(Kind.ALTERED, "机构", "甲院", "床位", "100", "=1", "机构!D5")
BLANK = Difference(Kind.ALTERED, "机构", "甲院", UNIT_NAME, "", "x")
ADDED = Difference(Kind.ROW_ADDED, "机构", now="9 新院", where="机构!9")
CHECKS = (
    Check(("a.pdf",), Verdict.AGREES, (message("verify.pdf-whole"),)),
    Check(
        ("a.pdf", "b.xlsx"),
        Verdict.DIFFERS,
        (message("verify.cells-differ", count=2),),
        (CELL, ADDED),
    ),
    Check(("c.bin",), Verdict.UNKNOWN, ()),
)


def test_kinds_and_verdicts__each_has_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(VERDICTS) == set(Verdict)
    assert {*KINDS.values(), *VERDICTS.values()} <= set(CATALOGUE)


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (CELL, "〔altered〕机构　甲院　床位：100 → =1（机构!D5）"),
        (BLANK, "〔altered〕机构　甲院　reporting unit：(empty cell) → x"),
        (ADDED, "〔line added〕机构：9 新院（机构!9）"),
        (Difference(Kind.ROW_GONE, "机构", "甲院"), "〔line missing〕机构　甲院"),
    ],
)
def test_sentence__says_where_what_was_and_is(
    difference: Difference, words: str
) -> None:
    assert sentence(in_words(difference, SAY)) == words


def test_text__of_all_checks_and_their_count() -> None:
    assert text_of(CHECKS, SAY) == (
        "a.pdf：agrees\n"
        "  Data and pages are as they were written.\n"
        "a.pdf　↔　b.xlsx：differs\n"
        "  Not as it was written: 2 places.\n"
        "  〔altered〕机构　甲院　床位：100 → =1（机构!D5）\n"
        "  〔line added〕机构：9 新院（机构!9）\n"
        "c.bin：could not be verified\n"
    )
    assert counted(CHECKS, SAY) == "differs 1　could not be verified 1　agrees 1"
    assert [each.verdict for each in worst_first(CHECKS)] == [
        Verdict.DIFFERS,
        Verdict.UNKNOWN,
        Verdict.AGREES,
    ]


def test_save_list__a_table_in_which_nothing_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "核验.csv"
    save_list(CHECKS, SAY, path)
    head, first, second, cell, added, last = path.read_text("utf-8-sig").splitlines()
    assert head.startswith("Files,Result,Result in words,What,Form,")
    assert head.endswith(",Whose line,Field,Was,Is,Where it stands")
    assert first.startswith("a.pdf,agrees,Data and pages")
    assert second.startswith("a.pdf ↔ b.xlsx,differs,")
    assert cell == "a.pdf ↔ b.xlsx,,,altered,机构,甲院,床位,100,'=1,机构!D5"
    assert added == "a.pdf ↔ b.xlsx,,,line added,机构,,,,9 新院,机构!9"
    assert last == "c.bin,could not be verified,,,,,,,,"
