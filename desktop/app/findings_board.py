"""What the audit says at the moment, kept from the events of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.findings import Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.events import FindingsChanged
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId

_ORDER: Final[Mapping[Level, int]] = {level: place for place, level in enumerate(Level)}


class FindingsBoard:
    """All open findings by form and record, 强制性 first."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self._forms: dict[str, dict[RecordId, tuple[Finding, ...]]] = {}
        self._broken: dict[str, tuple[Finding, ...]] = {}

    def take(self, event: FindingsChanged) -> None:
        """Take in what an audit says anew."""
        known = {} if event.all_records else self._forms.get(event.form, {})
        merged = {**known, **event.findings}
        self._forms[event.form] = {
            record: findings for record, findings in merged.items() if findings
        }
        if event.all_records:
            self._broken[event.form] = event.broken

    def clear(self) -> None:
        """Forget everything, as when another period is looked at."""
        self._forms.clear()
        self._broken.clear()

    def of(self, form: str, record: RecordId) -> tuple[Finding, ...]:
        """Give the findings of one record."""
        return self._forms.get(form, {}).get(record, ())

    def of_form(self, form: str) -> tuple[Finding, ...]:
        """Give the findings of one form, hardest first."""
        return _sorted(self._in(form))

    def all(self) -> tuple[Finding, ...]:
        """Give every finding, hardest first."""
        return _sorted(each for form in self._forms for each in self._in(form))

    def _in(self, form: str) -> Iterator[Finding]:
        yield from self._broken.get(form, ())
        for findings in self._forms.get(form, {}).values():
            yield from findings

    def of_level(self, level: Level, form: str) -> tuple[Finding, ...]:
        """Give the findings of one level in a form."""
        return tuple(each for each in self.of_form(form) if each.level is level)

    def count(self, level: Level, form: str) -> int:
        """Count the findings of one level in a form."""
        return len(self.of_level(level, form))


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: _ORDER[each.level]))
