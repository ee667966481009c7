"""Loads Qt's binding for Python, and leaves out what it does needlessly at each start.

The binding carries two thousand lines of Python inside a library and compiles them
anew in every process. Here the bytecode is kept in a file of the person's, as Python
keeps that of its modules; it is found by the digest of the very source. And the binding
puts an `import` of its own in the place of Python's: it reads the source of modules to
see whether the names of Qt are to be spelt with underscores there, and looks out for
`import *`. Neither is done anywhere here.
"""

from __future__ import annotations

import builtins
import marshal
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

_INSIDE: Final = "shibokensupport/"
"""Where the binding says that what it compiles stands."""
_DIGEST: Final = 32


def load_binding(kept: Path) -> None:
    """Load what every window needs of Qt, with the bytecode kept in a file."""
    known = _Compiled(kept)
    names = vars(builtins)
    compiling, importing = names["compile"], names["__import__"]
    names["compile"] = known.compiled
    try:
        import PySide6.QtCore  # noqa: F401, PLC0415 - not before the ledger is on its way
    finally:
        names["compile"], names["__import__"] = compiling, importing
    known.keep()


class _Compiled:
    """What the binding's sources were compiled to.

    A file of another Python, a damaged one or none costs the compiling, nothing else.
    """

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._path, self._plain = path, compile
        self._head = MAGIC_NUMBER + bytes([sys.flags.optimize])
        self._codes = self._read()
        self._grown = False

    def compiled(
        self,
        source: Any,  # noqa: ANN401 - as in `compile`
        filename: Any,  # noqa: ANN401
        *more: Any,  # noqa: ANN401
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Compile a source, unless it is one of the binding's that is known."""
        if not (isinstance(source, bytes) and str(filename).startswith(_INSIDE)):
            return self._plain(source, filename, *more, **options)
        key = sha256(source).digest()
        if key not in self._codes:
            self._codes[key] = self._plain(source, filename, *more, **options)
            self._grown = True
        return self._codes[key]

    def keep(self) -> None:
        """Write what is new; a disk that refuses is no matter."""
        if not self._grown:
            return
        content = marshal.dumps(self._codes)
        part = self._path.with_suffix(".part")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(self._head + sha256(content).digest() + content)
            part.replace(self._path)

    def _read(self) -> dict[bytes, CodeType]:
        head = len(self._head)
        try:
            there = self._path.read_bytes()
        except OSError:
            return {}
        content = there[head + _DIGEST :]
        whole = there[head : head + _DIGEST] == sha256(content).digest()
        if not whole or there[:head] != self._head:
            return {}
        codes: dict[bytes, CodeType] = marshal.loads(content)  # noqa: S302 - a file of the person's own, as Python's own bytecode is
        return codes
