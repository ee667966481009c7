from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.files.period_files import Order
from desktop.app.files.period_files import read_order
from desktop.app.files.period_files import write_order
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from tests.app.reports.test_exporting import FONTS
from tests.small import YEAR
from tests.small import make_filled
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, order: Order) -> set[str]:
    with opened(make_filled(folder)) as ledger:
        compiled = CompiledPack(ledger.pack())
        read = run_steps(read_order(ledger, compiled, YEAR, order))
    order.wanted.folder.mkdir()
    done = write_order(read, order, lambda _: True)
    names = {path.name for path in done.paths}
    assert names == {path.name for path in order.wanted.folder.iterdir()}
    return names


def test_order__plain_data_only(tmp_path: Path) -> None:
    look = Wanted(tmp_path / "out", "甲", FONTS, xlsx=False, pdf=False)
    order = Order(look, csv=True, package=True)
    assert order.names == ("甲-*.csv", "甲.zip")
    files = {"甲-养老机构调查表.csv", "甲-统计单元与人口表.csv", "甲.zip"}
    assert written(tmp_path, order) == files


def test_order__the_report_only(tmp_path: Path) -> None:
    order = Order(Wanted(tmp_path / "out", "甲", FONTS, pdf=False))
    assert order.names == ("甲.xlsx",)
    assert written(tmp_path, order) == {"甲.xlsx"}
