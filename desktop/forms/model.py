"""The pack: what one reporting system asks for, checks, computes and prints.

A pack is an immutable value. It is read by `desktop.forms.load` from hand-written YAML,
checked by `desktop.forms.lint`, and stored in every ledger that uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import Annotated
from typing import Literal
from typing import TypeAlias

from desktop.core.findings import Level
from desktop.core.period import PeriodKind
from desktop.core.unit import UnitLevel
from desktop.forms.base import NOTHING
from desktop.forms.base import Domain
from desktop.forms.base import DottedName
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Sourced
from desktop.forms.base import Text
from desktop.forms.base import Year
from desktop.forms.fields import AnyField
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import Field
from desktop.forms.indicator import Indicator
from desktop.forms.layout import Layout

Preset: TypeAlias = Mapping[Name, Text]
"""Texts by field."""


class LegalMarks(Model):
    """The marks a legal survey form must show (统计法; see docs/packs.md).

    They are data of the issuing authority and are never made up: a form without them
    is printed as 工作用表（非法定统计调查表）.
    """

    form_number: Text
    """表号."""
    authority: Text
    """制定机关."""
    approval_authority: Text
    """批准或备案机关."""
    approval_number: Text
    """批准或备案文号."""
    valid_until: Text
    """有效期至."""


class Group(Model):
    """Fields that stand together on screen and under one head in print."""

    title: Text
    fields: Annotated[tuple[AnyField, ...], Limit(min_length=1)]


class FormBase(Model):
    """What rosters and unit forms share.

    `record` says in words what one record is. `notes` are printed as 说明.
    """

    id: Name
    title: Text
    title_en: Text | None = None
    domain: Domain
    record: Text
    groups: Annotated[tuple[Group, ...], Limit(min_length=1)]
    notes: tuple[Text, ...] = ()
    legal: LegalMarks | None = None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the form."""
        return tuple(field for group in self.groups for field in group.fields)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Fields by id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """Fields that have a column of their own: neither computed nor bound."""
        return tuple(
            field
            for field in self.fields
            if field.computed is None and field.binds is None
        )


class Way(Model):
    """How one sort of indicator is answered.

    In `numerator` and `denominator`, which are expressions, `{title}` stands for the
    quoted title of the indicator. `judgement` is the choice field that says how a
    commitment in words stands. `preset` fills fields of the indicator's record.
    """

    numerator: Text | None = None
    denominator: Text | None = None
    judgement: Name | None = None
    preset: Preset = NOTHING


class Told(Enum):
    """What of an indicator its record repeats."""

    MEASURE = "measure"
    OVER_100 = "over_100"


Tells: TypeAlias = Mapping[Name, Told]
"""What a field repeats of the indicator."""


class Answers(Model):
    """How departments or project lists answer indicators in a roster.

    `key` is the choice field that names the indicator by its title; its choices are
    the titles of the indicators answered or judged here. `number` is for indicators
    without a denominator, `ratio` for those with one, `words` for judged commitments.
    `tells` fills fields with what the indicator says of itself. With `rows` each
    indicator has its record from the start of a period.
    """

    key: Name
    number: Way | None = None
    ratio: Way | None = None
    words: Way | None = None
    tells: Tells = NOTHING
    rows: bool = False


class Roster(FormBase):
    """A form with one record a facility and period (基层表).

    `name` and `code` are the fields that name a record to a person. `counted_when` is
    the condition under which a record counts in sums, counts and EXISTS, unless their
    own condition names a field of it.
    """

    kind: Literal["roster"]
    name: Name
    code: Name | None = None
    counted_when: Text | None = None
    answers: Answers | None = None


class Nesting(Enum):
    """How the records of a unit and of the units below it add up.

    The sources do not say; this reading is ours (docs/packs.md).
    """

    EACH = "each"
    """Each record speaks of its own unit only; a sum names the level it wants."""
    TOP = "top"
    """A unit's record covers the units below: where it stands, theirs do not count."""


class UnitForm(FormBase):
    """A form with one record a unit and period (综合表).

    `every_unit` creates the record of each unit of the ledger with the period.
    """

    kind: Literal["unit"]
    nesting: Nesting = Nesting.TOP
    every_unit: bool = False


Form = Roster | UnitForm
AnyForm: TypeAlias = Annotated[Form, Limit(one_of="kind")]


class CodeList(Model):
    """A list of choices that several fields share."""

    id: Name
    title: Text
    choices: Annotated[tuple[Text, ...], Limit(min_length=1)]


class Parameter(Sourced):
    """A number that rules use as `param.<id>`; a locality may set its own."""

    id: Name
    title: Text
    value: Number
    measure: Text | None = None
    adjustable: bool = False
    """Whether a ledger may set its own, between the bounds."""
    minimum: Number | None = None
    maximum: Number | None = None


class Option(Sourced):
    """One of the readings of a definition; `value` is an expression."""

    id: Name
    title: Text
    value: Text


class Definition(Model):
    """A definition on which the sources differ: a ledger chooses an option (口径).

    Indicators name it as `definition.<id>`, which stands for the chosen option's value.
    """

    id: Name
    title: Text
    explanation: Text | None = None
    options: Annotated[tuple[Option, ...], Limit(min_length=2)]
    default: Name


class Rule(Sourced):
    """A condition that must hold for each record of a form (审核关系).

    `says` is the sentence for the reader; `{field}`, `{prev.field}` and `{unit.field}`
    show values. `fields` are the cells to mark; by default those that `check` names
    in this form. `when` narrows the records the rule is asked of. `needs` are the other
    forms `check` speaks of: a shared rule joins a pack that has them all. `catalogue`
    is the number in the catalogue the rule was taken from.
    """

    id: DottedName
    form: Name
    level: Level
    check: Text
    says: Text
    when: Text | None = None
    fields: tuple[Name, ...] = ()
    needs: tuple[Name, ...] = ()
    catalogue: Annotated[str, Limit(pattern=r"^R\d{3}$")] | None = None


class Explanations(Sourced):
    """What a 情况说明 must be like to let a 核实性 finding pass.

    `stock` are words that say nothing by themselves: a part of the text, from one
    punctuation mark to the next, that is made of them alone does not count. What is
    left must have `shortest` letters or more. With `figure` a text about numbers names
    one. With `own_words` it is not the text of another unit or period, or nearly.
    """

    stock: tuple[Text, ...] = ()
    shortest: Annotated[int, Limit(ge=1, le=200)] = 1
    figure: bool = False
    own_words: bool = False


class Plan(Model):
    """The document a pack puts into practice."""

    title: Text
    file: Text
    level: Text
    region: Text
    document_number: Text | None = None
    starts: Year
    ends: Year
    judges: UnitLevel | None = None
    """Level of the units a plan without a region is for, such as a template's."""
    note: Text | None = None


class ReportLayout(Model):
    """What the printed report says around the forms."""

    title: Text
    preface: tuple[Text, ...] = ()
    """报送说明, paragraph by paragraph."""
    signatures: tuple[Text, ...] = (
        "单位负责人",
        "统计负责人",
        "填表人",
        "联系电话",
        "报出日期",
    )


class Pack(Model):
    """One reporting system (制度包), complete in itself."""

    id: Name
    title: Text
    title_en: Text | None = None
    version: Annotated[str, Limit(pattern=r"^\d+\.\d+\.\d+$")]
    region: Annotated[str, Limit(pattern=r"^\d{2}(\d{2}){0,2}$")] | None
    """Code of the region the system is for; None for the whole country."""
    period_kind: PeriodKind
    above: tuple[Name, ...] = ()
    """Packs of the levels above, whose demands this one may add to, not lessen."""
    plan: Plan
    code_lists: tuple[CodeList, ...] = ()
    forms: Annotated[tuple[AnyForm, ...], Limit(min_length=1)]
    parameters: tuple[Parameter, ...] = ()
    definitions: tuple[Definition, ...] = ()
    rules: tuple[Rule, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    explanations: Explanations | None = None
    """None: any words will do."""
    layouts: tuple[Layout, ...] = ()
    """For templates that the authority supplies."""
    report: ReportLayout

    @cached_property
    def version_numbers(self) -> tuple[int, ...]:
        """The version as numbers: 1.10.0 is newer than 1.9.0."""
        return tuple(int(part) for part in self.version.split("."))

    @cached_property
    def form_by_id(self) -> dict[str, Form]:
        """Forms by id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def indicator_by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def definition_by_id(self) -> dict[str, Definition]:
        """Definitions by id."""
        return {definition.id: definition for definition in self.definitions}

    @cached_property
    def layout_by_form(self) -> dict[str, Layout]:
        """Layouts of official templates by form."""
        return {layout.form: layout for layout in self.layouts}

    @cached_property
    def code_list_by_id(self) -> dict[str, CodeList]:
        """Code lists by id."""
        return {code_list.id: code_list for code_list in self.code_lists}

    def choices(self, form: str, field: str) -> tuple[str, ...]:
        """Give the choices of a field, from its code list if it has one.

        Raises:
            KeyError: There is no such form, field or code list; lint says so before.
        """
        found = self.form_by_id[form].by_id[field]
        match found:
            case ChoiceField(code_list=str(name)) | ChoicesField(code_list=str(name)):
                return self.code_list_by_id[name].choices
            case ChoiceField(choices=choices) | ChoicesField(choices=choices):
                return choices
            case _:
                return ()
