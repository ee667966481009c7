"""A small form and ledger that the import's tests share."""

from __future__ import annotations

from desktop.core.messages import Message
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitCode
from desktop.core.unit import class_of
from desktop.core.unit import level_of
from desktop.forms.base import Domain
from desktop.forms.fields import Binding
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField
from desktop.forms.model import Form
from desktop.forms.model import Group
from desktop.forms.model import Pack
from desktop.forms.model import Plan
from desktop.forms.model import ReportLayout
from desktop.forms.model import Roster
from desktop.forms.model import UnitForm
from desktop.intake.header import read_head
from desktop.intake.plan import plan_import
from desktop.intake.plan_values import Existing
from desktop.intake.plan_values import ImportContext
from desktop.intake.plan_values import ImportOptions
from desktop.intake.plan_values import ImportPlan
from desktop.intake.table import Area
from desktop.intake.table import RawCell
from desktop.intake.table import RawValue
from desktop.intake.table import Table

NAME = TextField(id="name", kind="text", title="机构名称", aliases=("名称",))
BEDS = IntegerField(
    id="beds_total", kind="integer", title="总床位数", measure="张", aliases=("beds",)
)
NURSING = IntegerField(id="beds_nursing", kind="integer", title="护理型床位数（张）")
MONEY = DecimalField(id="money", kind="decimal", digits=2, title="投入", measure="万元")
RATE = DecimalField(id="rate", kind="decimal", digits=2, title="入住率", measure="%")
KIND = ChoiceField(
    id="type",
    kind="choice",
    title="类型",
    choices=("敬老院", "养老院"),
    value_aliases={},
)
OWNER = ChoiceField(
    id="ownership",
    kind="choice",
    title="举办性质",
    choices=("公办", "公建民营"),
    value_aliases={"公建公营": ("公办",)},
    aliases=("type",),
)
STATUS = ChoiceField(
    id="status",
    kind="choice",
    title="运营状态",
    choices=("运营", "暂停"),
    value_aliases={},
    default="运营",
)
SERVICES = ChoicesField(
    id="services",
    kind="choices",
    title="服务",
    choices=("助餐", "助浴"),
    value_aliases={},
)
OPENED = DateField(id="opened", kind="date", title="投入运营日期", aliases=("since",))
FILED = YesNoField(id="filed", kind="yes_no", title="是否备案")
CREDIT = CreditCodeField(id="credit", kind="credit_code", title="统一社会信用代码")
PHONE = TelephoneField(id="phone", kind="telephone", title="联系电话")
NEAR = UnitField(id="near", kind="unit", title="服务区划")
AREA = UnitField(
    id="area_code",
    kind="unit",
    title="所在统计单元代码",
    binds=Binding.UNIT_CODE,
    aliases=("street",),
)
SHARE = DecimalField(
    id="share", kind="decimal", digits=2, title="护理型占比", computed="1"
)
FIELDS = (
    *(NAME, AREA, BEDS, NURSING, MONEY, RATE, KIND, OWNER, STATUS, SERVICES),
    *(OPENED, FILED, CREDIT, PHONE, NEAR, SHARE),
)

HOMES = Roster(
    id="eci",
    kind="roster",
    title="养老机构调查表",
    domain=Domain.ELDERLY_CARE,
    record="一家机构",
    name="name",
    groups=(Group(title="全部", fields=FIELDS),),
)
AREAS = UnitForm(
    id="area",
    kind="unit",
    title="地区情况表",
    domain=Domain.COMMUNITY,
    record="一个单位",
    groups=(Group(title="全部", fields=(AREA, BEDS)),),
)
PACK = Pack(
    id="small",
    title="小制度",
    version="1.0.0",
    region=None,
    period_kind=PeriodKind.YEAR,
    plan=Plan(
        title="计划", file="无", level="县级", region="某县", starts=2021, ends=2025
    ),
    forms=(HOMES, AREAS),
    report=ReportLayout(title="报告"),
)

ROOT = UnitCode("310105")


def unit(code: str, name: str, parent: str) -> Unit:
    """Make a unit."""
    known = UnitCode(code)
    return Unit(known, name, UnitCode(parent), level_of(known), class_of(known, name))


UNITS = (
    unit("310105", "长宁区", "31"),
    unit("310105001", "华阳路街道", "310105"),
    unit("310105102", "新泾镇", "310105"),
)


def table(
    *rows: tuple[RawValue, ...],
    typed: bool = True,
    merges: tuple[Area, ...] = (),
    hidden_rows: frozenset[int] = frozenset(),
) -> Table:
    """Make a table from rows of values; None and blank texts are no cells."""
    cells = (
        tuple(
            RawCell(number, column, value)
            for column, value in enumerate(row, start=1)
            if value is not None and value != ""
        )
        for number, row in enumerate(rows, start=1)
    )
    kept = tuple(row for row in cells if row)
    return Table("表", kept, typed, merges=merges, hidden_rows=hidden_rows)


def planned(
    given: Table,
    *records: Existing,
    form: Form = HOMES,
    options: ImportOptions | None = None,
) -> ImportPlan:
    """Plan an import that can be planned."""
    matching = read_head(given, form, PACK)
    assert not isinstance(matching, Message)
    context = ImportContext(UNITS, ROOT, "2025", records)
    plan = plan_import(
        given, form, PACK, matching, context, options=options or ImportOptions()
    )
    assert isinstance(plan, ImportPlan)
    return plan
