"""`taizhang pack show`: a pack in words, for somebody who would not read YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.packs.diff_words import BLANKS
from desktop.app.packs.diff_words import KINDS
from desktop.app.packs.words import spoken
from desktop.cli.desk import DONE
from desktop.cli.named_pack import pack_of
from desktop.export import wording
from desktop.export.building.figure_words import every_target
from desktop.forms.written import digest

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.export.building.whole import Spoken
    from desktop.forms.fields import Field
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Definition
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.model import Rule


def show(desk: Desk, options: Namespace) -> int:
    """Print forms, fields, rules and indicators of a pack, all in words."""
    pack = pack_of(desk, options.pack)
    said = spoken(CompiledPack(pack))
    if options.json:
        desk.answer(_facts(pack, said))
        return DONE
    desk.line(f"{pack.title} ({pack.id} {pack.version})")
    desk.line(pack.plan.title)
    for form in pack.forms:
        desk.line()
        _tell_form(desk, form)
    _tell_rules(desk, pack, said)
    _tell_definitions(desk, pack)
    _tell_indicators(desk, pack, said)
    return DONE


def _tell_form(desk: Desk, form: Form) -> None:
    desk.tell("Form {id}: {title} ({record})", **_named(form), record=form.record)
    for group in form.groups:
        desk.line(f"  {group.title}")
        for field in group.fields:
            desk.line(f"    {field.id}: {field.title} [{_kind(desk, field)}]")


def _kind(desk: Desk, field: Field) -> str:
    """Say what a field holds, in which unit, and whether it may be left blank."""
    words = [desk.say(KINDS[field.kind]), field.measure]
    if field.computed is not None:
        words.append(desk.say("computed"))
    if field.blank in BLANKS:
        words.append(desk.say(BLANKS[field.blank]))
    return "，".join(filter(None, words))


def _tell_rules(desk: Desk, pack: Pack, said: Spoken) -> None:
    if not pack.rules:
        return
    desk.line()
    desk.tell("Rules:")
    for rule in pack.rules:
        desk.line(f"  [{wording.LEVELS[rule.level]}] {rule.id}: {said.rules[rule.id]}")


def _tell_definitions(desk: Desk, pack: Pack) -> None:
    if not pack.definitions:
        return
    desk.line()
    desk.tell("Definitions, the default first:")
    for definition in pack.definitions:
        titles = "；".join(_options(definition))
        desk.line(f"  {definition.id}: {definition.title}：{titles}")


def _tell_indicators(desk: Desk, pack: Pack, said: Spoken) -> None:
    if not pack.indicators:
        return
    desk.line()
    desk.tell("Indicators:")
    for indicator in pack.indicators:
        desk.line(f"  {indicator.id}: {indicator.title}")
        desk.line(f"    {_formula(indicator, said)}")
        for target in every_target(indicator):
            desk.line(f"    {desk.say('target {target}', target=target)}")


def _named(part: Form | Rule | Indicator) -> dict[str, str]:
    return {"id": part.id, "title": getattr(part, "title", "")}


def _options(definition: Definition) -> list[str]:
    """Give the titles of the options, the default first."""
    default = definition.default
    return [
        option.title
        for option in sorted(definition.options, key=lambda each: each.id != default)
    ]


def _formula(indicator: Indicator, said: Spoken) -> str:
    """Say how an indicator is computed, or in words what is judged."""
    return said.formulas.get(indicator.id, indicator.numerator.title)


def _facts(pack: Pack, said: Spoken) -> dict[str, object]:
    return {
        "pack": pack.id,
        "title": pack.title,
        "version": pack.version,
        "digest": digest(pack),
        "region": pack.region,
        "period_kind": pack.period_kind.value,
        "plan": pack.plan.title,
        "forms": [
            {
                "form": form.id,
                "title": form.title,
                "kind": form.kind,
                "record": form.record,
                "fields": [_field_facts(field) for field in form.fields],
            }
            for form in pack.forms
        ],
        "rules": [
            {
                "rule": rule.id,
                "form": rule.form,
                "level": rule.level.value,
                "check": said.rules[rule.id],
            }
            for rule in pack.rules
        ],
        "definitions": [
            {"definition": each.id, "title": each.title, "options": _options(each)}
            for each in pack.definitions
        ],
        "indicators": [
            {
                "indicator": each.id,
                "title": each.title,
                "measure": each.measure,
                "formula": _formula(each, said),
                "targets": list(every_target(each)),
            }
            for each in pack.indicators
        ],
    }


def _field_facts(field: Field) -> dict[str, object]:
    return {
        "field": field.id,
        "title": field.title,
        "kind": field.kind,
        "measure": field.measure,
        "blank": field.blank.value,
    }
