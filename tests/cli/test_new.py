from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from desktop.cli.desk import CannotRunError
from desktop.cli.named_pack import pack_of
from tests.cli.desks import make_desk
from tests.cli.desks import places
from tests.cli.desks import typed
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = {"--pack": "changning", "--unit": "310105", "--period": "2025"}


def words(**changed: str) -> list[str]:
    given = {**RIGHT, **{f"--{name}": value for name, value in changed.items()}}
    return [word for pair in given.items() for word in pair]


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "unit", ["310105", "长宁区", "上海市长宁区", "上海 长宁区", "sh cnq"]
)
def test_new__by_code_by_name_or_by_what_only_one_is_called(
    tmp_path: Path, unit: str
) -> None:
    path = tmp_path / "a.taizhang"
    done = typed(tmp_path, "new", path, *words(unit=unit))
    assert done.code == 0, done.err
    assert "长宁区, 2025年" in done.out
    with opened(path) as ledger:
        assert ledger.units()[0].code == "310105"
        assert len(ledger.units()) == 11


def test_new__json(tmp_path: Path) -> None:
    path = tmp_path / "a.taizhang"
    assert typed(tmp_path, "new", path, *words(), "--json").facts == {
        "ledger": str(path),
        "pack": "changning",
        "pack_version": "1.0.0",
        "unit": "310105",
        "unit_name": "长宁区",
        "units": 11,
        "period": "2025",
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"pack": "mars"}, "There is no pack mars; there are: changning、"),
        ({"unit": "不存在的县"}, "perhaps: —"),
        ({"unit": "朝阳区"}, "110105 北京市朝阳区、220104 吉林省长春市朝阳区."),
        ({"period": "soon"}, "soon is no period"),
        ({"period": "2025Q3"}, "2025Q3 is no period"),
    ],
)
def test_new__error_makes_nothing(
    tmp_path: Path, changed: dict[str, str], says: str
) -> None:
    path = tmp_path / "a.taizhang"
    done = typed(tmp_path, "new", path, *words(**changed))
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert not path.exists()


def test_new__error_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.taizhang"
    path.write_text("mine", "utf-8")
    done = typed(tmp_path, "new", path, *words())
    assert done.code == 2
    assert "exists already" in done.err
    assert path.read_text("utf-8") == "mine"


def test_pack_of__error_a_pack_with_faults(tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "bad"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("id: bad\n", "utf-8")
    here = dataclasses.replace(places(tmp_path), resources=tmp_path)
    desk = dataclasses.replace(make_desk(tmp_path), places=here)
    with pytest.raises(CannotRunError) as no:
        pack_of(desk, "bad")
    assert no.value.message.code == "cli.faulty-pack"
