"""Starting a reading process and taking what it says, within time and size."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from threading import Timer
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from desktop.intake.limits import Limits

Cells: TypeAlias = dict[tuple[int, int], tuple[str, str]]
"""Kind and text by row and column, as `desktop.intake.reader` describes them."""

READER_COMMAND: Final = (sys.executable, "-m", "desktop.intake.reader")
"""How a reading process is started where Python is at hand; the frozen program names
itself and its hidden sub-command instead."""

_NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells one reader found in one sheet."""

    name: str
    cells: Cells


def read_in_child(
    command: Sequence[str], data: bytes, limits: Limits
) -> tuple[SheetCells, ...] | None:
    """Let a process of its own read a workbook; None when it failed in any way."""
    # The command is ours; of the file only its bytes go in, on standard input.
    try:
        child = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError:
        return None
    with child:
        output = _converse(child, data, limits)
    if child.returncode != 0 or len(output) > limits.output_bytes:
        return None
    return parse_output(output)


def _converse(child: subprocess.Popen[bytes], data: bytes, limits: Limits) -> bytes:
    # For the type checker: both were asked for as pipes.
    given, said = child.stdin, child.stdout
    if given is None or said is None:  # pragma: no cover
        raise AssertionError
    feeder = Thread(target=_feed, args=(given, data), daemon=True)
    clock = Timer(limits.seconds, child.kill)
    feeder.start()
    clock.start()
    try:
        output = said.read(limits.output_bytes + 1)
        if len(output) > limits.output_bytes:
            child.kill()
        child.wait()
    finally:
        child.kill()
        clock.cancel()
        feeder.join()
    return output


def _feed(given: IO[bytes], data: bytes) -> None:
    # A child that dies early closes the pipe; its exit code says the rest.
    with suppress(OSError), given:
        given.write(data)


def parse_output(output: bytes) -> tuple[SheetCells, ...] | None:
    """Take a reader's lines; None unless they are whole and of the agreed shape."""
    sheets: list[SheetCells] = []
    count = -1
    try:
        for line in output.splitlines():
            match json.loads(line):
                case ["sheet", int(), str(name)]:
                    sheets.append(SheetCells(name, {}))
                case ["row", int(row), list(cells)]:
                    for column, kind, text in cells:
                        sheets[-1].cells[row, column] = str(kind), str(text)
                case ["end", int(count)]:
                    pass
                case _:
                    return None
    except (ValueError, IndexError, TypeError):
        return None
    return tuple(sheets) if count == sum(len(one.cells) for one in sheets) else None
