from __future__ import annotations

import importlib
import io
import os
import re
import subprocess
import sys
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from desktop.cli.desk import Desk

pytestmark = pytest.mark.measured_children

start = importlib.import_module("desktop.__main__")

ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, "-m", "desktop")


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the terminal of whoever runs the tests out of them."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect what the command line is handed."""
    found: list[list[str]] = []

    def run(_: object, given: list[str]) -> int:
        found.append(given)
        return 0

    monkeypatch.setattr("desktop.cli.main.run", run)
    return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Collect what the window would be opened on."""
    found: list[Path | None] = []

    def show(path: Path | None) -> int:
        found.append(path)
        return 0

    monkeypatch.setattr(start, "show", show)
    return found


def test_main__version(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--version"]) == 0
    assert re.fullmatch(r"taizhang \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_main__a_stream_that_is_no_file_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stdout", heard)
    assert start.main(["--version"]) == 0
    assert heard.getvalue().startswith("taizhang ")


def test_main__reads_its_own_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["taizhang", "--version"])
    assert start.main() == 0
    assert capsys.readouterr().out.startswith("taizhang ")


@pytest.mark.parametrize("given", [["check", "x"], ["--help"], ["demo"]])
def test_main__commands_go_to_the_command_line(
    typed: list[list[str]], given: list[str]
) -> None:
    assert start.main(given) == 0
    assert typed == [given]


def test_main__window(shown: list[Path | None], tmp_path: Path) -> None:
    ledger = tmp_path / "a.taizhang"
    ledger.touch()
    assert start.main([]) == 0
    assert start.main([str(ledger)]) == 0
    assert shown == [None, ledger]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["chexk", "x"], "没有叫“chexk”的命令，也没有这个文件；您是不是想用 check？"),
        (["missing.taizhang"], "没有叫“missing.taizhang”的命令，也没有这个文件。"),
        ([str(ROOT)], "也没有这个文件。"),
        ([__file__, "--json"], "这些是多余的：--json。"),
    ],
)
def test_main__error_neither_command_nor_file(
    shown: list[Path | None],
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    says: str,
) -> None:
    assert start.main(given) == 2
    answer = capsys.readouterr()
    assert says in answer.err
    assert "什么也没有做" in answer.err
    assert (answer.out, shown) == ("", [])


def test_main__reader_of_workbooks_is_started_without_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "desktop.intake.reader.main", lambda given: 7 if given == ["fast"] else 1
    )
    assert start.main([start.READER, "fast"]) == 7
    monkeypatch.setattr("desktop.app.handover.receiving.proving.main", lambda: 8)
    assert start.main([start.READER, "handed-in"]) == 8


def test_main__interrupted_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_: object, __: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.cli.main.run", stop)
    assert start.main(["demo"]) == 130
    assert capsys.readouterr() == ("", "")


def test_main__a_reader_who_left_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        done = subprocess.run(
            [*PROGRAM, "--help"], stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_main__what_is_piped_is_utf8() -> None:
    done = subprocess.run(
        [*PROGRAM, "--help"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    )
    assert done.stdout.decode("utf-8").startswith("用法：taizhang")


def imported(*words: str, folder: Path) -> set[str]:
    """Run the program in a fresh process; gives what it imported.

    Measuring coverage imports things too, so it is left out.
    """
    here = {
        name: value for name, value in os.environ.items() if not name.startswith("COV")
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "desktop", *words],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={**here, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode in (0, 1), done.stderr[-500:]
    names = re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE)
    return {name.split(".")[0] for name in names}


HEAVY = {
    "PySide6",
    "openpyxl",
    "pydantic",
    "python_calamine",
    "reportlab",
    "sqlglot",
    "sqlite_utils",
    "sqlite3",
    "yaml",
}


def test_imports__version_needs_none_of_the_heavy_ones(tmp_path: Path) -> None:
    found = imported("--version", folder=tmp_path)
    assert "desktop" in found
    assert found & HEAVY == set()


def test_imports__help_needs_none_of_the_heavy_writers(tmp_path: Path) -> None:
    found = imported("check", "--help", folder=tmp_path)
    assert found & {"PySide6", "openpyxl", "reportlab", "sqlglot"} == set()


def test_imports__auditing_and_computing_need_no_writer(tmp_path: Path) -> None:
    path = "a.taizhang"
    new = ("--pack", "changning", "--unit", "310105", "--period", "2025")
    made = imported("new", path, *new, folder=tmp_path)
    checked = imported("check", path, folder=tmp_path)
    figured = imported("indicators", path, folder=tmp_path)
    writers = {"PySide6", "openpyxl", "reportlab", "python_calamine"}
    assert (made | checked | figured) & writers == set()


def test_places__reader_is_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert start.places().reader == (*PROGRAM, start.READER)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start.places().reader == (sys.executable, start.READER)


def test_resources__in_a_checkout_installed_and_frozen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert start.resources() == ROOT / "resources"
    (tmp_path / "_resources").mkdir()
    monkeypatch.setattr(start, "__file__", str(tmp_path / "__main__.py"))
    assert start.resources() == tmp_path / "_resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert start.resources() == tmp_path / "resources"


@pytest.mark.parametrize(("language", "says"), [("zh_CN", "选项"), ("en", "options")])
def test_words__chinese_unless_english_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    monkeypatch.setenv("TAIZHANG_LANGUAGE", language)
    assert start.words(start.places().locale)("options") == says


def test_person__has_a_clock_and_new_identities(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "李四")
    who = start.person()
    assert who.who == "李四"
    assert who.clock() > datetime(2025, 1, 1, tzinfo=UTC)
    assert who.new_id() != who.new_id()


def test_person__some_machines_know_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", unknown)
    assert start.person().who == "—"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stdin", "platform", "environment", "can"),
    [
        (Terminal(), "linux", {"DISPLAY": ":0"}, True),
        (Terminal(), "linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (Terminal(), "linux", {}, False),
        (Terminal(), "win32", {}, True),
        (Terminal(), "darwin", {}, True),
        (Terminal(), "win32", {"CI": "1"}, False),
        (io.StringIO(), "win32", {}, False),
        (None, "win32", {}, False),
    ],
)
def test_can_show__somebody_sits_before_a_screen(
    monkeypatch: pytest.MonkeyPatch,
    stdin: io.StringIO | None,
    platform: str,
    environment: dict[str, str],
    can: bool,
) -> None:
    for name in ("CI", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys, "platform", platform)
    assert start.can_show() is can


def test_show__hands_the_ledger_to_the_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Application:
        """Stands for `desktop.ui.application`, which needs Qt."""

        run = staticmethod(lambda begun: 0 if begun is window else 9)

    window = object()
    monkeypatch.setattr(
        "desktop.ui.beginning.begin",
        lambda given: window if given.ledger == tmp_path else None,
    )
    monkeypatch.setitem(sys.modules, "desktop.ui.application", Application())
    assert start.show(tmp_path) == 0


def test_show__error_where_qt_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "desktop.ui.application", None)
    assert start.show(None) == 2
    assert "这里打不开窗口" in capsys.readouterr().err


def testquietly__without_streams_there_is_nothing_to_flush(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert start.quietly(lambda: 3) == 3


def testquietly__what_is_left_to_say_goes_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone() -> int:
        raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert start.quietly(gone) == 141
    sys.stdout.write("unheard")
    sys.stdout.close()


@pytest.mark.parametrize("sits", [True, False])
def test_command__a_password_is_asked_for_where_somebody_sits(
    monkeypatch: pytest.MonkeyPatch, sits: bool
) -> None:
    asked: list[str] = []

    def unseen(text: str) -> str:
        asked.append(text)
        return "word"

    def run(desk: Desk, _: list[str]) -> int:
        return 0 if desk.ask is None else len(desk.ask("?"))

    monkeypatch.setattr("getpass.getpass", unseen)
    monkeypatch.setattr("desktop.cli.main.run", run)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: sits)
    assert start.main(["doctor"]) == (4 if sits else 0)
    assert asked == (["?"] if sits else [])
