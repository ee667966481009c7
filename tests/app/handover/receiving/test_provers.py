from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.handover.receiving.provers import Provers
from desktop.app.handover.receiving.provers import _Prover
from desktop.app.handover.receiving.proving import NO_PROOF
from desktop.app.handover.receiving.proving import proof
from desktop.app.handover.receiving.reading import read_files
from desktop.app.handover.receiving.reading import read_one
from desktop.app.progress import run_steps
from desktop.core.manifest import canonical_json
from desktop.core.manifest import digest_of
from desktop.intake.children import READER_COMMAND
from desktop.intake.limits import LIMITS
from tests.exchange.handed_in import hand_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.exchange.handed_in import HandedIn

COMMAND = (sys.executable, "-m", "desktop", "--read-workbook")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    return hand_in(tmp_path_factory.mktemp("files"))


def saying(answer: str) -> tuple[str, ...]:
    """Give a command that takes a file and says something."""
    code = f"import sys; sys.stdin.buffer.read(9); {answer}"
    return sys.executable, "-c", code


def test_envelope__of_files_that_prove_themselves(
    files: HandedIn, tmp_path: Path
) -> None:
    text = tmp_path / "a.csv"
    text.write_text("a,b", encoding="utf-8")
    gone = tmp_path / "gone.xlsx"
    paths = [files.first, files.edited, text, files.update, gone, files.broken]
    with Provers(COMMAND, paths) as provers:
        found = [provers.envelope(path) for path in paths]
        again = provers.envelope(files.first)

    first, update = (proof(path.read_bytes()) for path in (files.first, files.update))
    assert found == [first, NO_PROOF, NO_PROOF, update, NO_PROOF, NO_PROOF]
    assert NO_PROOF not in (first, update)
    assert again == NO_PROOF


@pytest.mark.unmeasured
def test_read_files__the_same_as_one_by_one(files: HandedIn) -> None:
    paths = [files.update, files.edited, files.first]

    found = run_steps(read_files(paths, COMMAND))

    alone = [read_one(path, READER_COMMAND) for path in paths]
    assert [each.envelope for each in found] == [each.envelope for each in alone]
    assert [each.edited for each in found] == [each.edited for each in alone]
    assert [each.path for each in found] == paths


@pytest.mark.parametrize(
    "answer",
    [
        "sys.exit(2)",
        "sys.stdout.buffer.write((1 << 60).to_bytes(8))",
        "sys.stdout.buffer.write((9).to_bytes(8) + b'short')",
    ],
)
def test_envelope__who_answers_badly_is_not_asked_again(
    files: HandedIn, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop.app.handover.receiving.provers.os.cpu_count", lambda: None
    )
    with Provers(saying(answer), [files.first, files.update]) as provers:
        assert provers.envelope(files.first) == NO_PROOF
        assert provers.envelope(files.update) == NO_PROOF


def test_envelope__who_dies_after_an_answer_is_started_anew(
    files: HandedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop.app.handover.receiving.provers.os.cpu_count", lambda: 1
    )
    once = (
        "sys.stdin.buffer.read(1); sys.stdout.buffer.write((1).to_bytes(8) + b'x');"
        "sys.stdout.buffer.flush()"
    )
    paths = [files.first, files.update, files.fork]
    with Provers(saying(once), paths) as provers:
        found = [provers.envelope(path) for path in paths]
    assert found[0] == b"x"
    assert set(found) <= {b"x", NO_PROOF}
    assert found.count(b"x") == 2


def test_envelope__no_such_program(files: HandedIn) -> None:
    with Provers(("/no/such/program",), [files.first]) as provers:
        assert provers.envelope(files.first) == NO_PROOF


def test_envelope__too_large(files: HandedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(LIMITS, file_bytes=100)
    monkeypatch.setattr("desktop.app.handover.receiving.provers.LIMITS", small)
    with Provers(COMMAND, [files.first]) as provers:
        assert provers.envelope(files.first) == NO_PROOF


def test_leaving__while_a_process_is_being_started(
    files: HandedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who breaks off then sees no process yet: it is ended by who started it."""
    started, left = Event(), Event()
    plain = subprocess.Popen

    def popen(*args: Any, **more: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - as it takes
        started.set()
        left.wait()
        return plain(*args, **more)

    monkeypatch.setattr(subprocess, "Popen", popen)
    sleeping = saying("import time; time.sleep(600)")
    with Provers(sleeping, [files.first]):
        started.wait()
        stop = _Prover.stop

        def stopping(prover: _Prover) -> None:
            stop(prover)
            left.set()

        monkeypatch.setattr(_Prover, "stop", stopping)


def test_leaving__ends_what_nobody_waits_for(files: HandedIn) -> None:
    sleeping = saying("import time; time.sleep(600)")
    with Provers(sleeping, [files.first, files.update]) as provers:
        prover = provers
    assert prover.envelope(Path("other")) == NO_PROOF


def test_no_files() -> None:
    with Provers(COMMAND, []) as provers:
        assert provers.envelope(Path("a.xlsx")) == NO_PROOF


def later(packed: bytes) -> bytes:
    """Write an envelope as a later version of the program might."""
    content = json.loads(packed)
    content["data"]["later"] = 1
    content["digest"] = digest_of(canonical_json(content["data"]))
    return canonical_json(content)


@pytest.mark.parametrize("answer", [lambda _: b"{}", later])
def test_read_files__an_answer_that_is_none(
    files: HandedIn,
    answer: Callable[[bytes], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be gone by is read anew, and then it is said why."""
    packed = answer(proof(files.first.read_bytes()))
    monkeypatch.setattr(Provers, "envelope", lambda *_: packed)

    (found,) = run_steps(read_files([files.first], COMMAND))

    assert found == read_one(files.first, READER_COMMAND)
