"""The region tree we ship can be built again, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.build_regions import MOST_READINGS
from tools.build_regions import initials_of
from tools.build_regions import main
from tools.build_regions import read_source

SHIPPED = Path(__file__).parents[2] / "resources" / "regions" / "regions.tsv"
SOURCE = """code,name,level,parent
31,上海市,province,
310105,长宁区,county,31
310105999,旧街道（撤销）,township,310105
310106,静安区,county,31
310105001,华阳路街道,township,310105
"""
STATISTICS = """code,name
31,上海市
310106,静安区
310105,长宁新区
310105002,华阳路街道
310106002,华阳路街道
"""
TREE = (
    "code\tname\tinitials\tstatistics\n"
    "31\t上海市\tshs\t=\n"
    "310105\t长宁区\tznq cnq\t\n"
    "310106\t静安区\tjaq\t=\n"
    "310105001\t华阳路街道\thyljd\t310105002\n"
    "310105999\t旧街道（撤销）\tjjd\t\n"
)


def test_main__ok(tmp_path: Path) -> None:
    """The living come first, by level; what the code says is not written."""
    source = tmp_path / "source.csv"
    source.write_text(SOURCE, encoding="utf-8")
    statistics = tmp_path / "statistics.csv"
    statistics.write_text(STATISTICS, encoding="utf-8")
    main([str(source), str(tmp_path / "tree.tsv"), str(statistics)])
    assert (tmp_path / "tree.tsv").read_text(encoding="utf-8") == TREE


def test_main__shipped_tree_builds_itself(tmp_path: Path) -> None:
    """The shipped tree is what the tool makes of the shipped tree's own names."""
    main([str(SHIPPED), str(tmp_path / "tree.tsv")])
    assert (tmp_path / "tree.tsv").read_bytes() == SHIPPED.read_bytes()


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("重庆市", "cqs zqs"),
        ("厦门市", "xms sms"),
        ("长乐镇", "clz cyz zlz zyz"),
        ("三合乡（撤销）", "shx"),
        ("𰝟渡镇", "dz"),
    ],
)
def test_initials_of__ok(name: str, initials: str) -> None:
    """Every usual reading, the dictionary's first; what nobody can read is left out."""
    assert initials_of(name) == initials


def test_initials_of__no_more_than_some() -> None:
    """A name that could be read in very many ways keeps the first sixteen."""
    words = initials_of("长重乐单堡圩镇").split()
    assert len(set(words)) == len(words) == MOST_READINGS


@pytest.mark.parametrize(
    "row",
    [
        "31010,某区,county,31",
        "310000,上海市,province,",
        "31,又一个上海市,province,",
        "310107,普陀区,township,31",
        "310107,普陀区,county,3101",
        "310107,普 陀区,county,31",
    ],
)
def test_read_source__error(tmp_path: Path, row: str) -> None:
    """A bad code, one that stands twice, or a level or parent the code denies."""
    source = tmp_path / "source.csv"
    source.write_text(f"{SOURCE}{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"\S"):
        read_source(source)
