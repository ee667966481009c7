"""The import contracts have teeth: a breach of each is planted, and each is caught."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"
FLOORS = "A floor imports only floors below it"
QT = "Qt lives in ui"
SQLITE = "SQLite lives in store"
OPENPYXL = "openpyxl lives in export and intake"
PDF = "PDF writers, lxml and QR codes live in export"
KEYS = "Keys and ciphers live in exchange"
CALAMINE = "The fast Excel reader lives in intake"
SQLGLOT = "The SQL parser lives in expr"
PACKS = "pydantic and YAML live in forms"
NETWORK = "Nothing speaks to a network"
PURE = "Floors 0 to 3 consult no clock, locale or random source"


@dataclass(frozen=True, slots=True)
class Breach:
    """A package that imports what the contract forbids it."""

    contract: str
    package: str
    imported: str

    @property
    def module(self) -> str:
        """Name the module that is planted."""
        return f"planted_{self.imported.replace('.', '_').lower()}"


BREACHES = (
    Breach(FLOORS, "core", "desktop.expr"),
    Breach(FLOORS, "expr", "desktop.forms"),
    Breach(FLOORS, "forms", "desktop.rules"),
    Breach(FLOORS, "rules", "desktop.indicators"),
    Breach(FLOORS, "indicators", "desktop.rules"),
    Breach(FLOORS, "rules", "desktop.store"),
    Breach(FLOORS, "store", "desktop.export"),
    Breach(FLOORS, "export", "desktop.intake"),
    Breach(FLOORS, "intake", "desktop.exchange"),
    Breach(FLOORS, "exchange", "desktop.export"),
    Breach(FLOORS, "intake", "desktop.app"),
    Breach(FLOORS, "app", "desktop.ui"),
    Breach(FLOORS, "app", "desktop.cli"),
    Breach(FLOORS, "ui", "desktop.cli"),
    Breach(FLOORS, "ui", "desktop.__main__"),
    Breach(QT, "core", "PySide6"),
    Breach(QT, "app", "PySide6"),
    Breach(QT, "export", "shiboken6"),
    Breach(SQLITE, "app", "sqlite3"),
    Breach(SQLITE, "rules", "sqlite_utils"),
    Breach(OPENPYXL, "ui", "openpyxl"),
    Breach(PDF, "intake", "lxml"),
    Breach(PDF, "ui", "pikepdf"),
    Breach(PDF, "app", "reportlab"),
    Breach(PDF, "cli", "segno"),
    Breach(KEYS, "store", "cryptography"),
    Breach(CALAMINE, "export", "python_calamine"),
    Breach(SQLGLOT, "rules", "sqlglot"),
    Breach(PACKS, "core", "pydantic"),
    Breach(PACKS, "store", "yaml"),
    Breach(NETWORK, "app", "socket"),
    Breach(NETWORK, "exchange", "urllib"),
    Breach(NETWORK, "ui", "requests"),
    Breach(PURE, "core", "time"),
    Breach(PURE, "expr", "locale"),
    Breach(PURE, "forms", "random"),
    Breach(PURE, "rules", "uuid"),
    Breach(PURE, "indicators", "secrets"),
)


def copy_tree(target: Path) -> Path:
    """Copy the contracts and the code they judge."""
    shutil.copy(PYPROJECT, target)
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "desktop", target / "desktop", ignore=skip)
    return target


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over a copied tree, and not over the one installed."""
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import *; "
    code += "lint_imports_command(['--no-cache', '--no-logo'])"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree,
        check=False,
        capture_output=True,
        text=True,
    )


def sections(output: str) -> dict[str, str]:
    """Split the report of broken contracts by the contract's name."""
    *_, broken = output.partition("Broken contracts")
    parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Plant every breach in one tree and report what was caught, by contract."""
    tree = copy_tree(tmp_path_factory.mktemp("planted"))
    for absent in ("cli", "__main__"):
        (tree / "desktop" / f"{absent}.py").touch()
    for breach in BREACHES:
        path = tree / "desktop" / breach.package / f"{breach.module}.py"
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(f"import {breach.imported}\n", encoding="utf-8")
    return sections(lint(tree).stdout)


def test_tree__keeps_every_contract(tmp_path: Path) -> None:
    done = lint(copy_tree(tmp_path))
    assert (done.returncode, "0 broken" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("breach", BREACHES, ids=lambda b: f"{b.package}-{b.imported}")
def test_breach__is_caught(broken: dict[str, str], breach: Breach) -> None:
    importer = f"desktop.{breach.package}.{breach.module}"
    found = re.search(
        rf"{re.escape(importer)} ->\s+{re.escape(breach.imported)} \(l\.1\)",
        broken.get(breach.contract, ""),
    )
    assert found, broken.get(breach.contract)


def test_package__without_a_floor_is_caught(tmp_path: Path) -> None:
    tree = copy_tree(tmp_path)
    (tree / "desktop" / "attic").mkdir()
    (tree / "desktop" / "attic" / "__init__.py").touch()
    done = lint(tree)
    assert done.returncode == 1
    assert "attic" in done.stdout


def test_breaches__cover_every_contract() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    names = {contract["name"] for contract in contracts}
    assert {breach.contract for breach in BREACHES} == names
