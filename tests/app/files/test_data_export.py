from __future__ import annotations

import csv
import json
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.files.data_export import Data
from desktop.app.files.data_export import DataWanted
from desktop.app.files.data_export import data_of
from desktop.app.files.data_export import write_data
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.export.safe_file import ExportError
from tests import small
from tests.kinds import make_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.progress import Progress


def read(path: Path) -> Data:
    with small.opened(path) as ledger:
        return run_steps(data_of(ledger, small.YEAR))


@pytest.fixture
def data(tmp_path: Path) -> Data:
    path = small.make_filled(tmp_path)
    with small.opened(path) as ledger:
        small.put(ledger, "=1+1", beds_total=Absent.UNKNOWN, price=Decimal("99.50"))
    return read(path)


def onward(_: Progress) -> bool:
    return True


def package(data: Data, folder: Path) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Write the package and read it back as any program would."""
    [path] = write_data(data, DataWanted(folder, "台账", package=True), onward)
    with zipfile.ZipFile(path) as found:
        assert found.testzip() is None
        described = json.loads(found.read("datapackage.json"))
        rows = {
            each["name"]: list(
                csv.DictReader(found.read(each["path"]).decode().splitlines())
            )
            for each in described["resources"]
        }
    return described, rows


def test_csv__opens_with_a_double_click_and_runs_nothing(
    data: Data, tmp_path: Path
) -> None:
    paths = write_data(data, DataWanted(tmp_path, "台账", csv=True), onward)
    assert {path.suffix for path in paths} == {".csv"}
    [eci] = [path for path in paths if "养老机构" in path.name]
    assert eci.read_bytes().startswith(b"\xef\xbb\xbf")
    with eci.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_name = {row["机构名称"]: row for row in rows}
    assert by_name["好院"]["总床位数"] == "100"
    assert by_name["'=1+1"]["总床位数"] == "不详"
    assert by_name["'=1+1"]["填报单位"]


def test_package__every_record_typed_and_described(data: Data, tmp_path: Path) -> None:
    described, rows = package(data, tmp_path)
    assert described["profile"] == "tabular-data-package"
    assert described["taizhang"]["period"] == "2025"
    eci = next(one for one in described["resources"] if one["name"] == "eci")
    fields = {each["name"]: each for each in eci["schema"]["fields"]}
    assert fields["beds_total"]["type"] == "integer"
    assert fields["price"]["type"] == "number"
    assert eci["schema"]["primaryKey"] == ["_facility"]
    assert eci["schema"]["missingValues"] == ["", "不适用", "不详"]
    found = {row["name"]: row for row in rows["eci"]}
    assert found["=1+1"]["price"] == "99.50"
    assert found["缺院"]["beds_nursing"] == ""
    assert {row["code"] for row in rows["units"]} >= {small.COUNTY, small.STREET}


def test_package__digests_prove_the_files(data: Data, tmp_path: Path) -> None:
    import hashlib

    described, _ = package(data, tmp_path)
    with zipfile.ZipFile(tmp_path / "台账.zip") as found:
        for each in described["resources"]:
            content = found.read(each["path"])
            assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert each["bytes"] == len(content)


def test_package__the_same_ledger_gives_the_same_bytes(
    data: Data, tmp_path: Path
) -> None:
    once, twice = tmp_path / "1", tmp_path / "2"
    for folder in (once, twice):
        folder.mkdir()
        write_data(data, DataWanted(folder, "台账", package=True), onward)
    assert (once / "台账.zip").read_bytes() == (twice / "台账.zip").read_bytes()


def test_package__every_kind_of_field_has_its_type(tmp_path: Path) -> None:
    described, rows = package(read(make_kinds(tmp_path)), tmp_path)
    kinds = next(one for one in described["resources"] if one["name"] == "kinds")
    types = {each["name"]: each["type"] for each in kinds["schema"]["fields"]}
    assert set(types.values()) == {"string", "integer", "number", "boolean", "date"}
    limits = {
        each["name"]: each["constraints"]
        for each in kinds["schema"]["fields"]
        if "constraints" in each
    }
    assert limits["kind"]["enum"] == ["甲类", "乙类", "丙类"]
    assert len(rows["kinds"]) == 2


def test_write__can_be_stopped(data: Data, tmp_path: Path) -> None:
    for wanted in (
        DataWanted(tmp_path, "a", csv=True),
        DataWanted(tmp_path, "a", package=True),
    ):
        with pytest.raises(CancelledError):
            write_data(data, wanted, lambda _: False)
    assert not list(tmp_path.glob("a*"))


def test_write__a_folder_that_is_not_there(data: Data, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as refused:
        write_data(data, DataWanted(tmp_path / "no", "a", package=True), onward)
    assert refused.value.message.code == "export.folder_missing"
