"""The rules of a pack as SQL, compiled once: for each form what to run and to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Call
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import Scope
from desktop.expr.nodes import walk
from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.expr.statement import Dialect
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import failing_statement
from desktop.expr.statement import record_statement
from desktop.expr.statement import tally_statement
from desktop.forms.implied import implied_rules
from desktop.forms.schema import schema_of
from desktop.rules.sentence import Sentence
from desktop.rules.sentence import compile_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.expr.nodes import Node
    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema
    from desktop.forms.model import Pack
    from desktop.forms.model import Rule


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule that can run, and its sentence; `fields` are the cells to mark."""

    rule: Rule
    outcome: NamedExpression
    fields: tuple[str, ...]
    sentence: Sentence

    @property
    def far(self) -> bool:
        """Whether it looks at other records of the period, of whichever form."""
        return any(map(_looks_around, self.nodes()))

    def nodes(self) -> Iterator[Node]:
        """Give what its condition is made of, and that of `when`."""
        for part in (self.outcome.expression, self.outcome.when):
            if part is not None:
                yield from walk(part.node)

    def reads(self) -> Iterator[tuple[str, str]]:
        """Name the form and field of what it reads in other records.

        The field is empty where it is enough that a record comes or goes.
        """
        for node in self.nodes():
            match node:
                case Aggregate() | Exists():
                    yield node.source, ""
                case Call(function=Function.IS_UNIQUE):
                    yield self.rule.form, ""
                    for each in walk(node):
                        if isinstance(each, FieldRef):
                            yield self.rule.form, each.column.id
                case FieldRef() if node.scope is not Scope.RECORD:
                    yield node.source, ""
                    yield node.source, node.column.id
                case _:
                    pass


@dataclass(frozen=True, slots=True)
class Part:
    """Some rules of a form; both statements yield `record, unit, outcome…`.

    `failing` those records where some rule fails; `outcomes` the one record `:record`,
    failing or not.
    """

    rules: tuple[CompiledRule, ...]
    failing: str
    outcomes: str


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that cannot run.

    `fault` says where its text is wrong; None where it failed on the data at hand.
    """

    rule: Rule
    fault: Fault | None


@dataclass(frozen=True)
class FormAudit:
    """All rules of one form, in the pack's order, and the statements that run them.

    `tally` yields one row: the count of records, then per rule passed, failed and
    missing. The records come from the parts, `near` and `far`.
    """

    form: str
    rules: tuple[CompiledRule, ...]
    broken: tuple[BrokenRule, ...]
    schema: Schema
    dialect: Dialect

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Which place each rule has in the pack's order."""
        return {rule.rule.id: place for place, rule in enumerate(self.rules)}

    @cached_property
    def tally(self) -> str:
        """The statement that counts."""
        columns = [rule.outcome for rule in self.rules]
        return tally_statement(self.form, columns, self.schema, dialect=self.dialect)

    @cached_property
    def near(self) -> Part:
        """The rules that look at nothing but a record, its past and its unit.

        They are quick for one record, and go through many a range at a time:
        `failing` takes `:first` and `:last` (SQLite only).
        """
        rules = tuple(rule for rule in self.rules if not rule.far)
        failing = self._failing(rules, ranged=True)
        return Part(rules, failing, self._outcomes(rules))

    @cached_property
    def far(self) -> Part:
        """The rules that look at other records too: for one they ask all."""
        rules = tuple(rule for rule in self.rules if rule.far)
        return Part(rules, self._failing(rules), self._outcomes(rules))

    def _failing(self, rules: Sequence[CompiledRule], *, ranged: bool = False) -> str:
        columns = [rule.outcome for rule in rules]
        return failing_statement(
            self.form, columns, self.schema, dialect=self.dialect, ranged=ranged
        )

    def _outcomes(self, rules: Sequence[CompiledRule]) -> str:
        columns = [rule.outcome for rule in rules]
        return record_statement(
            self.form, columns, self.schema, dialect=self.dialect, one_record=True
        )

    def alone(self, rule: CompiledRule) -> str:
        """Write the `failing` statement of one rule by itself."""
        return self._failing([rule])

    def without(self, unable: Sequence[CompiledRule]) -> FormAudit:
        """Give the audit with some rules set aside as broken."""
        able = tuple(rule for rule in self.rules if rule not in unable)
        set_aside = tuple(BrokenRule(rule.rule, None) for rule in unable)
        broken = (*self.broken, *set_aside)
        return FormAudit(self.form, able, broken, self.schema, self.dialect)


@dataclass(frozen=True)
class Audit:
    """The compiled rules of a pack."""

    forms: tuple[FormAudit, ...]

    @cached_property
    def readers(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Which forms have rules that read a field in other records.

        By form and field; under an empty field stand all that read the form at all.
        """
        found: dict[tuple[str, str], dict[str, None]] = {}
        for form in self.forms:
            for rule in form.rules:
                for place in rule.reads():
                    found.setdefault(place, {})[form.form] = None
        return {place: tuple(forms) for place, forms in found.items()}

    def turned(self, form: str, fields: Iterable[str] | None) -> dict[str, None]:
        """Name the forms whose records may pass or fail anew after a change of others.

        `fields` are those of a form's records that changed; None where records came
        or went.
        """
        named = ("",) if fields is None else fields
        places = ((form, field) for field in named)
        return dict.fromkeys(
            each for place in places for each in self.readers.get(place, ())
        )

    def of(self, form: str) -> FormAudit:
        """Give the audit of one form.

        Raises:
            KeyError: The pack has no such form.
        """
        for audit in self.forms:
            if audit.form == form:
                return audit
        raise KeyError(form)


def compile_rules(pack: Pack, dialect: Dialect = Dialect.SQLITE) -> Audit:
    """Compile every rule of a pack, those that fields imply first."""
    schema = schema_of(pack)
    return Audit(
        tuple(
            _compile_form(form, rules, schema, dialect)
            for form, rules in rules_of(pack).items()
        )
    )


def rules_of(pack: Pack) -> Mapping[str, tuple[Rule, ...]]:
    """Give, by form, all rules asked of its records, in the order they are reported."""
    return {
        form: (*implied, *(rule for rule in pack.rules if rule.form == form))
        for form, implied in implied_rules(pack).items()
    }


def _compile_form(
    form: str, rules: Iterable[Rule], schema: Schema, dialect: Dialect
) -> FormAudit:
    compiled: list[CompiledRule] = []
    broken: list[BrokenRule] = []
    for rule in rules:
        ready = compile_rule(rule, f"rule_{len(compiled)}", schema, dialect)
        if isinstance(ready, CompiledRule):
            compiled.append(ready)
        else:
            broken.append(ready)
    return FormAudit(form, tuple(compiled), tuple(broken), schema, dialect)


def compile_rule(
    rule: Rule, column: str, schema: Schema, dialect: Dialect
) -> CompiledRule | BrokenRule:
    """Compile one rule, or say why it cannot run."""
    check = _condition(rule.check, rule, schema)
    if isinstance(check, Fault):
        return BrokenRule(rule, check)
    when = None if rule.when is None else _condition(rule.when, rule, schema)
    if isinstance(when, Fault):
        return BrokenRule(rule, when)
    sentence = compile_sentence(rule, schema, dialect)
    if isinstance(sentence, Fault):
        return BrokenRule(rule, sentence)
    outcome = NamedExpression(column, check, when=when)
    return CompiledRule(rule, outcome, rule.fields or check.mentions.own, sentence)


def _condition(text: str, rule: Rule, schema: Schema) -> Expression | Fault:
    context = RecordContext(rule.form)
    return parse(text, schema, context, expect=ValueType.BOOLEAN)


def _looks_around(node: Node) -> bool:
    match node:
        case Aggregate() | Exists() | Call(function=Function.IS_UNIQUE):
            return True
        case _:
            return False
