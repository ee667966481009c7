"""A pack made ready to run: its rules and indicators as SQL, compiled at first need."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.core.period import Period
    from desktop.expr.schema import Schema
    from desktop.forms.model import Pack
    from desktop.indicators.compute import FigurePlan
    from desktop.indicators.totals import TotalsPlan
    from desktop.rules.audit import Audit
    from desktop.store.ledger import Ledger


def settled(ledger: Ledger, period: Period) -> Pack:
    """Give the pack of a period with what was chosen for it in force."""
    from desktop.forms.settle import settle  # noqa: PLC0415 - brings the parser

    return settle(ledger.pack(period.code), ledger.choices(period.code))


def compiled_for(ledger: Ledger, period: Period) -> CompiledPack:
    """Make a ledger's pack ready to run for a period."""
    return CompiledPack(settled(ledger, period))


class CompiledPack:
    """The SQL of a pack; each part is compiled when somebody first asks for it.

    Compiling loads the SQL parser (a tenth of a second), which the first window need
    not wait for.
    """

    def __init__(self, pack: Pack) -> None:
        """Take the pack; nothing is compiled yet."""
        self.pack = pack
        self._totals: dict[str, TotalsPlan] = {}

    @cached_property
    def schema(self) -> Schema:
        """What the pack's expressions may name."""
        from desktop.forms.schema import schema_of  # noqa: PLC0415 - see above

        return schema_of(self.pack)

    @cached_property
    def audit(self) -> Audit:
        """All rules."""
        from desktop.rules.audit import compile_rules  # noqa: PLC0415 - see above

        return compile_rules(self.pack)

    @property
    def has_audit(self) -> bool:
        """Whether the rules have been compiled."""
        return "audit" in vars(self)

    @cached_property
    def figures(self) -> FigurePlan:
        """All indicators."""
        from desktop.indicators.compute import compile_indicators  # noqa: PLC0415 - see above

        return compile_indicators(self.pack)

    def totals(self, form: str) -> TotalsPlan:
        """Give the statements that add one form up.

        Raises:
            KeyError: The pack has no such form.
        """
        from desktop.indicators.totals import compile_totals  # noqa: PLC0415 - see above

        if form not in self._totals:
            found = compile_totals(self.pack.form_by_id[form], self.schema)
            self._totals[form] = found
        return self._totals[form]
