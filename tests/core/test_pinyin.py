from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.pinyin import initials

REGIONS = Path(__file__).parents[2] / "resources" / "regions" / "regions.tsv"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("导入表格", "drbg"),
        ("审核", "sh"),
        ("啊座", "az"),
        ("PDF 报告（新）", "pdfbgx"),
        ("", ""),
        ("，。", ""),
        ("𬒗", ""),
        ("ó", ""),
    ],
)
def test_initials__one_letter_a_character(text: str, letters: str) -> None:
    assert initials(text) == letters


@pytest.mark.unmeasured
def test_initials__agree_with_the_readings_of_place_names() -> None:
    """The region file has its initials from a dictionary of readings."""
    lines = REGIONS.read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.split("\t")[1:3] for line in lines]
    common = [pair for pair in pairs if len(initials(pair[0])) == len(pair[0])]
    agreeing = sum(initials(name) == found.split(" ")[0] for name, found in common)
    assert len(common) > 30_000
    assert agreeing / len(common) > 0.95
