"""What the audit says at the moment, kept from the events of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.events import FormTally
from desktop.core.findings import Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.events import FindingsChanged
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId

_UNANSWERED: Final = (".required", ".expected")
"""How the rules end that ask for an answer (`desktop.forms.implied`)."""
_ORDER: Final[Mapping[Level, int]] = {level: place for place, level in enumerate(Level)}


def asks_for_an_answer(finding: Finding) -> bool:
    """Tell whether a finding only says that a cell is blank."""
    return is_about_a_blank(finding.rule)


def is_about_a_blank(rule: str) -> bool:
    """Tell whether a rule only asks for an answer."""
    return rule.endswith(_UNANSWERED)


class FindingsBoard:
    """All open findings by form and record, 强制性 first."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self._forms: dict[str, Mapping[RecordId, tuple[Finding, ...]]] = {}
        """What the last audit of all records found; never changed, often shared."""
        self._later: dict[str, dict[RecordId, tuple[Finding, ...]]] = {}
        """What was found since, in single records."""
        self._broken: dict[str, tuple[Finding, ...]] = {}
        self._tallies: dict[str, FormTally] = {}

    def take(self, event: FindingsChanged) -> None:
        """Take in what an audit says anew, however much it is, in no time."""
        form = event.form
        if event.all_records:
            self._forms[form], self._later[form] = event.findings, {}
            self._broken[form] = event.broken
            self._tallies.pop(form, None)
            if event.tally is not None:
                self._tallies[form] = event.tally
            return
        if form in self._tallies:
            before = (self.of(form, record) for record in event.findings)
            self._tallies[form] = _added(
                self._tallies[form],
                _tally(each for findings in before for each in findings),
                _tally(each for some in event.findings.values() for each in some),
            )
        self._later.setdefault(form, {}).update(event.findings)

    def clear(self) -> None:
        """Forget everything, as when another period is looked at."""
        self._forms.clear()
        self._later.clear()
        self._broken.clear()
        self._tallies.clear()

    def of(self, form: str, record: RecordId) -> tuple[Finding, ...]:
        """Give the findings of one record."""
        later = self._later.get(form, {}).get(record)
        return self._forms.get(form, {}).get(record, ()) if later is None else later

    def of_form(self, form: str) -> tuple[Finding, ...]:
        """Give the findings of one form, hardest first."""
        return _sorted(self._in(form))

    def all(self) -> tuple[Finding, ...]:
        """Give every finding, hardest first."""
        forms = dict.fromkeys((*self._forms, *self._later))
        return _sorted(each for form in forms for each in self._in(form))

    def records(self, form: str) -> tuple[tuple[Finding, ...], ...]:
        """Give what is found in each record of a form, and then what could not run."""
        there, later = self._forms.get(form, {}), self._later.get(form)
        merged = {**there, **later} if later else there
        return (*merged.values(), self._broken.get(form, ()))

    def _in(self, form: str) -> Iterator[Finding]:
        return (each for findings in self.records(form) for each in findings)

    def tally(self, form: str) -> FormTally:
        """Count the open findings of a form; counted anew only after its audit."""
        if form not in self._tallies:
            audited = form in self._broken
            self._tallies[form] = replace(_tally(self._in(form)), audited=audited)
        return self._tallies[form]

    def of_level(self, level: Level, form: str) -> tuple[Finding, ...]:
        """Give the findings of one level in a form."""
        return tuple(each for each in self.of_form(form) if each.level is level)

    def count(self, level: Level, form: str) -> int:
        """Count the findings of one level in a form."""
        return len(self.of_level(level, form))


def tally_of(event: FindingsChanged) -> FormTally:
    """Count what an audit of a whole form has found."""
    found = (each for findings in event.findings.values() for each in findings)
    return replace(_tally((*event.broken, *found)), audited=True)


def _tally(findings: Iterable[Finding]) -> FormTally:
    errors = warnings = blank_errors = blank_warnings = 0
    for each in findings:
        if each.level is Level.ERROR:
            errors += 1
            blank_errors += asks_for_an_answer(each)
        elif each.level is Level.WARNING:
            warnings += 1
            blank_warnings += asks_for_an_answer(each)
    return FormTally(errors, warnings, blank_errors, blank_warnings)


def _added(tally: FormTally, less: FormTally, more: FormTally) -> FormTally:
    return FormTally(
        tally.errors - less.errors + more.errors,
        tally.warnings - less.warnings + more.warnings,
        tally.blank_errors - less.blank_errors + more.blank_errors,
        tally.blank_warnings - less.blank_warnings + more.blank_warnings,
        tally.audited,
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: _ORDER[each.level]))
