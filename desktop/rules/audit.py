"""The rules of a pack as SQL, compiled once: for each form what to run and to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    from collections.abc import Sequence

    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.model import Rule


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule that can run, and its sentence; `fields` are the cells to mark."""

    rule: Rule
    outcome: NamedExpression
    fields: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that cannot run.

    `fault` says where its text is wrong; None where it failed on the data at hand.
    """

    rule: Rule
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class FormAudit:
    """All rules of one form, in the pack's order, and the statements that run them.

    `failing` yields `record, unit, outcome…` of records where some rule fails;
    `outcomes` the same columns of the one record `:record`, failing or not; `tally`
    one row: the count of records, then per rule passed, failed and missing.
    """

    form: str
    rules: tuple[CompiledRule, ...]
    broken: tuple[BrokenRule, ...]
    failing: str
    outcomes: str
    tally: str
    schema: Schema
    dialect: Dialect

    def alone(self, rule: CompiledRule) -> str:
        """Write the `failing` statement of one rule by itself."""
        columns = [rule.outcome]
        return failing_statement(self.form, columns, self.schema, dialect=self.dialect)

    def without(self, unable: Sequence[CompiledRule]) -> FormAudit:
        """Give the audit with some rules set aside as broken."""
        able = tuple(rule for rule in self.rules if rule not in unable)
        set_aside = tuple(BrokenRule(rule.rule, None) for rule in unable)
        return _assembled(
            self.form, able, (*self.broken, *set_aside), self.schema, self.dialect
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """The compiled rules of a pack."""

    forms: tuple[FormAudit, ...]

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
        tuple(_compile_form(form, pack, schema, dialect) for form in pack.forms)
    )


def rules_of(form: Form, pack: Pack) -> tuple[Rule, ...]:
    """Give all rules asked of a form's records, in the order they are reported."""
    own = tuple(rule for rule in pack.rules if rule.form == form.id)
    return (*implied_rules(form, pack), *own)


def _compile_form(
    form: Form, pack: Pack, schema: Schema, dialect: Dialect
) -> FormAudit:
    compiled: list[CompiledRule] = []
    broken: list[BrokenRule] = []
    for rule in rules_of(form, pack):
        ready = compile_rule(rule, f"rule_{len(compiled)}", schema, dialect)
        if isinstance(ready, CompiledRule):
            compiled.append(ready)
        else:
            broken.append(ready)
    return _assembled(form.id, tuple(compiled), tuple(broken), schema, dialect)


def _assembled(
    form: str,
    rules: tuple[CompiledRule, ...],
    broken: tuple[BrokenRule, ...],
    schema: Schema,
    dialect: Dialect,
) -> FormAudit:
    columns = [rule.outcome for rule in rules]
    return FormAudit(
        form=form,
        rules=rules,
        broken=broken,
        failing=failing_statement(form, columns, schema, dialect=dialect),
        outcomes=record_statement(
            form, columns, schema, dialect=dialect, one_record=True
        ),
        tally=tally_statement(form, columns, schema, dialect=dialect),
        schema=schema,
        dialect=dialect,
    )


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
