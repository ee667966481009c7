"""The pack: what one reporting system asks for, checks, computes and prints.

A pack is an immutable value. It is read by `desktop.forms.load` from hand-written YAML,
checked by `desktop.forms.lint`, and stored in every ledger that uses it.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Literal

from pydantic import Field as Constraint
from pydantic import StringConstraints

from desktop.core.findings import Level
from desktop.core.period import PeriodKind
from desktop.forms.base import Citation
from desktop.forms.base import DottedName
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Text
from desktop.forms.base import Year
from desktop.forms.fields import AnyField
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.forms.needed import Need


class Domain(Enum):
    """The fields of work; the value stands in packs, the order is the screen's."""

    ELDERLY_CARE = "elderly_care"
    CHILDCARE = "childcare"
    EDUCATION = "education"
    HEALTH = "health"
    COMMUNITY = "community"
    CULTURE_SPORT = "culture_sport"
    SOCIAL_ASSISTANCE = "social_assistance"
    HOUSING = "housing"
    VETERANS = "veterans"
    EMPLOYMENT = "employment"
    PUBLIC_SAFETY = "public_safety"
    COMMERCE = "commerce"
    FINANCE = "finance"
    PROJECTS = "projects"


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
    fields: Annotated[tuple[AnyField, ...], Constraint(min_length=1)]


class FormBase(Model):
    """What rosters and unit forms share.

    `record` says in words what one record is. `notes` are printed as 说明.
    """

    id: Name
    title: Text
    title_en: Text | None = None
    domain: Domain
    record: Text
    groups: Annotated[tuple[Group, ...], Constraint(min_length=1)]
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
AnyForm = Annotated[Form, Constraint(discriminator="kind")]


class CodeList(Model):
    """A list of choices that several fields share."""

    id: Name
    title: Text
    choices: Annotated[tuple[Text, ...], Constraint(min_length=1)]


class Sourced(Model):
    """Something with an origin: a plan's sentence, or ours with the reason."""

    source: Citation | None = None
    ours: Text | None = None
    note: Text | None = None


class Parameter(Sourced):
    """A number that rules use as `param.<id>`; a locality may set its own."""

    id: Name
    title: Text
    value: Number
    measure: Text | None = None


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
    catalogue: Annotated[str, StringConstraints(pattern=r"^R\d{3}$")] | None = None


class TargetOperator(Enum):
    """How a value is held against a target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EQUAL = "="
    BETWEEN = "between"


class YearBasis(Enum):
    """Where a target's year comes from."""

    EXPLICIT = "explicit"
    PLAN_PERIOD = "plan_period"
    NONE = "none"


class TargetBasis(Enum):
    """How the number follows from the quote (words of the catalogue's README)."""

    NUMERIC = "numeric"
    UNIT_CONVERTED = "unit_converted"
    FULL_COVERAGE = "full_coverage"
    EACH_HAS_ONE = "each_has_one"
    CHINESE_NUMERAL = "chinese_numeral"
    DERIVED_COUNT = "derived_count"
    ALSO_NUMERIC = "also_numeric"
    TEXT_ONLY = "text_only"


class Target(Model):
    """What a plan wants by a year; words only where `operator` and `value` are None.

    `qualifier` keeps words that soften (力争, 原则上); `text` the words of a commitment
    without a number; `source_value` the number as the plan writes it.
    """

    operator: TargetOperator | None = None
    value: Number | None = None
    upper: Number | None = None
    """Second bound of `between`."""
    year: Year | None = None
    year_basis: YearBasis
    basis: TargetBasis
    binding: bool | None = None
    """True 约束性, False 预期性, None where the plan does not say."""
    qualifier: Text | None = None
    text: Text | None = None
    source_value: Text | None = None
    source: Citation | None = None
    """Where another sentence than the indicator's states the target."""


class Baseline(Model):
    """Where a plan says it starts from."""

    value: Number
    year: Year | None = None
    basis: TargetBasis
    source_value: Text | None = None


class IndicatorKind(Enum):
    """What sort of figure an indicator is."""

    COUNT = "count"
    RATIO = "ratio"
    COVERAGE = "coverage"
    PER_CAPITA = "per_capita"
    INDEX = "index"


class Aggregation(Enum):
    """How periods add up."""

    STOCK = "stock"
    """The state at the period's end."""
    CUMULATIVE = "cumulative"
    """Summed over the plan's period up to now."""
    FLOW = "flow_annual"
    """What happened in one period."""


class Term(Model):
    """Numerator or denominator: in words, and as an expression."""

    title: Text
    value: Text
    measure: Text | None = None
    """Natural unit, such as 张 or 人: what a gap is told in."""


class Indicator(Sourced):
    """An 评价指标: numerator ÷ denominator × multiplier, with dated targets.

    `digits` is the display precision (ours: the plans do not state one). `qualitative`
    indicators carry a commitment in words only.
    """

    id: Name
    title: Text
    title_en: Text | None = None
    domain: Domain
    kind: IndicatorKind
    measure: Text | None = None
    numerator: Term
    denominator: Term | None = None
    multiplier: Number = Decimal(1)
    digits: Annotated[int, Constraint(ge=0, le=6)] = 2
    aggregation: Aggregation = Aggregation.STOCK
    qualitative: bool = False
    over_100: bool = True
    """Whether a percentage above 100 can be right."""
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()


class Plan(Model):
    """The document a pack puts into practice."""

    title: Text
    file: Text
    level: Text
    region: Text
    document_number: Text | None = None
    starts: Year
    ends: Year
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
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    region: Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{2}){0,2}$")] | None
    """Code of the region the system is for; None for the whole country."""
    period_kind: PeriodKind
    plan: Plan
    code_lists: tuple[CodeList, ...] = ()
    forms: Annotated[tuple[AnyForm, ...], Constraint(min_length=1)]
    parameters: tuple[Parameter, ...] = ()
    rules: tuple[Rule, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    report: ReportLayout

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
    def code_list_by_id(self) -> dict[str, CodeList]:
        """Code lists by id."""
        return {code_list.id: code_list for code_list in self.code_lists}

    @cached_property
    def needed(self) -> Mapping[tuple[str, str], Need]:
        """(form, field) that indicators rest on."""
        from desktop.forms.needed import needed_fields  # noqa: PLC0415 - brings the parser

        return needed_fields(self)

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
