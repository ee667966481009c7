"""Messages and labels in the reader's language.

`Words` is made once by `desktop.__main__` and handed to whatever speaks to a person.
It holds a gettext translation and the joined message catalogues, nothing else.
"""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.core.messages import Message
    from desktop.core.messages import Param

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Words:
    """Says labels and messages in one language.

    A template's `{name}` is replaced by plain text only: no attribute, index or
    format is ever followed, so a hostile pack or file name can say nothing but itself.
    """

    def __init__(
        self,
        catalogue: Mapping[str, str] | Callable[[], Mapping[str, str]],
        translation: NullTranslations | None = None,
    ) -> None:
        """Take the English templates by code, and the translation of their text.

        Templates may also be a way to come by them, gone when the first is wanted.
        """
        self._catalogue = catalogue
        self._translation = translation or NullTranslations()

    def __call__(self, msgid: str, /, **params: Param) -> str:
        """Say a label given as its English msgid."""
        return fill(self._translation.gettext(msgid), params)

    def message(self, message: Message) -> str:
        """Say a message; one whose code is unknown shows the code and its values."""
        params = dict(message.params)
        if callable(self._catalogue):
            self._catalogue = self._catalogue()
        template = self._catalogue.get(message.code)
        if template is None:
            values = " ".join(f"{name}={value}" for name, value in message.params)
            return f"{message.code} {values}".rstrip()
        return self(template, **params)


def fill(template: str, params: Mapping[str, Param]) -> str:
    """Put values into a template; a placeholder without a value stays as it is."""

    def value(match: re.Match[str]) -> str:
        return str(params.get(match[1], match[0]))

    return _PLACEHOLDER.sub(value, template)
