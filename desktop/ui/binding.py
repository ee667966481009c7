"""Loads Qt's binding for Python, and leaves out what it does needlessly at each start.

The binding carries two thousand lines of Python inside a library and compiles them
anew in every process, and with them a dozen regular expressions, which takes longer
still. Here both are kept as compiled in a file of the person's, as Python keeps the
bytecode of its modules; they are found by the digest of the very source, and by the
very expression. And the binding puts an `import` of its own in the place of Python's:
it reads the source of modules to see whether the names of Qt are to be spelt with
underscores there, and looks out for `import *`. Neither is done anywhere here.
"""

from __future__ import annotations

import builtins
import marshal
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from threading import get_ident
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.ui.enumerations import quicken_enumerations

if TYPE_CHECKING:
    from pathlib import Path

_INSIDE: Final = "shibokensupport/"
"""Where the binding says that what it compiles stands."""
_DIGEST: Final = 32


def load_binding(kept: Path) -> None:
    """Load what every window needs of Qt, with what is compiled kept in a file."""
    quicken_enumerations()
    known = _Compiled(kept)
    built_in, engine = vars(builtins), vars(sys.modules["_sre"])
    stand_ins = (
        (built_in, "__import__", built_in["__import__"]),
        (built_in, "compile", known.code),
        (vars(sys.modules["re._compiler"]), "compile", known.pattern),
        (engine, "compile", known.note),
    )
    before = [names[name] for names, name, _ in stand_ins]
    try:
        for names, name, instead in stand_ins:
            names[name] = instead
        import PySide6.QtCore  # noqa: F401, PLC0415 - not before the ledger is on its way
    finally:
        for (names, name, _), plain in zip(stand_ins, before, strict=True):
            names[name] = plain
    known.keep()


class _Compiled:
    """What the binding's sources and regular expressions were compiled to.

    A file of another Python, a damaged one or none costs the compiling, nothing else.
    """

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._path = path
        self._code, self._pattern = (
            compile,
            vars(sys.modules["re._compiler"])["compile"],
        )
        self._engine = vars(sys.modules["_sre"])["compile"]
        exact = f"{sys.hexversion}.{sys.flags.optimize}.{self._engine.__self__.MAGIC}."
        self._head = MAGIC_NUMBER + exact.encode()
        self._known = self._read()
        self._thread = get_ident()
        self._noted: tuple[Any, ...] = ()
        self._grown = False

    def code(
        self,
        source: Any,  # noqa: ANN401 - as in `compile`
        filename: Any,  # noqa: ANN401
        *more: Any,  # noqa: ANN401
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Compile a source, unless it is one of the binding's that is known."""
        if not (isinstance(source, bytes) and str(filename).startswith(_INSIDE)):
            return self._code(source, filename, *more, **options)
        key = sha256(source).digest()
        if key not in self._known:
            self._known[key] = self._code(source, filename, *more, **options)
            self._grown = True
        return self._known[key]

    def pattern(self, expression: Any, flags: int = 0) -> Any:  # noqa: ANN401 - as in `re`
        """Compile a regular expression, unless it is known."""
        if get_ident() != self._thread:
            return self._pattern(expression, flags)
        key = (expression, flags)
        if key in self._known:
            return self._engine(*self._known[key])
        made = self._pattern(expression, flags)
        self._known[key] = self._noted
        self._grown = True
        return made

    def note(
        self,
        expression: Any,  # noqa: ANN401 - as `re` hands it to its engine
        flags: int,
        code: list[int],
        *groups: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Note what an expression was compiled to."""
        if get_ident() == self._thread:
            # Some of the numbers have names, which cannot be written.
            self._noted = expression, int(flags), [int(part) for part in code], *groups
        return self._engine(expression, flags, code, *groups)

    def keep(self) -> None:
        """Write what is new; a disk that refuses is no matter."""
        if not self._grown:
            return
        part = self._path.with_suffix(".part")
        with suppress(OSError):
            content = marshal.dumps(self._known)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(self._head + sha256(content).digest() + content)
            part.replace(self._path)

    def _read(self) -> dict[Any, Any]:
        """Read what is kept: code by its digest, and the patterns."""
        head = len(self._head)
        try:
            there = self._path.read_bytes()
        except OSError:
            return {}
        content = there[head + _DIGEST :]
        whole = there[head : head + _DIGEST] == sha256(content).digest()
        if not whole or there[:head] != self._head:
            return {}
        known: dict[Any, Any] = marshal.loads(content)  # noqa: S302 - a file of the person's own, as Python's own bytecode is
        return known
