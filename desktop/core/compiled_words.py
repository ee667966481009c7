"""The translations of a compiled catalogue, looked up where they stand.

`gettext` reads a whole `.mo` file before it says the first word, and a window needs a
tenth of them. The file is sorted: what is asked for is found in a dozen steps.
"""

from __future__ import annotations

from bisect import bisect_left
from gettext import NullTranslations
from struct import unpack_from


class CompiledWords(NullTranslations):
    """A translation that answers from the bytes of a sorted `.mo` file."""

    def __init__(self, data: bytes) -> None:
        """Take what stands in the file, with the low bytes of numbers first."""
        super().__init__()
        self._data = data
        _, self._count, self._said, self._meant = unpack_from("<4I", data, 4)
        self._known: dict[str, str] = {}

    def gettext(self, message: str) -> str:
        """Give what a text means; one that is not there means itself."""
        if message not in self._known:
            self._known[message] = self._look_up(message)
        return self._known[message]

    def _look_up(self, message: str) -> str:
        wanted = message.encode()
        places = range(self._count)
        at = bisect_left(places, wanted, key=lambda one: self._part(self._said, one))
        if at < self._count and self._part(self._said, at) == wanted:
            return self._part(self._meant, at).decode()
        return message

    def _part(self, table: int, number: int) -> bytes:
        """Give an entry of one of the two tables: they hold lengths and places."""
        length, start = unpack_from("<2I", self._data, table + 8 * number)
        part: bytes = self._data[start : start + length]
        return part
