"""What packs have to say; `forms_entry` has what is said of what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "forms.sheet_misspelt": (
        "there is no sheet {word} in a pack; did you mean {nearest}? "
        "There are: {allowed}"
    ),
    "forms.sheet_unknown": "there is no sheet {word} in a pack; there are: {allowed}",
    "forms.rule_milder": (
        "the rule {rule} is milder than the shared one it stands for; a pack may add "
        "to what is asked, not lessen it"
    ),
    "forms.xlsform.plan": (
        "An XLSForm says nothing of the plan it serves: fill in plan in pack.yaml; "
        "its years are only stand-ins."
    ),
    "forms.xlsform.left": "Not taken over: {column} of {name}: {text}",
    # Files and YAML.
    "forms.pack_name": (
        "{name} cannot be the name of a pack. Use small letters, digits and _; "
        "common is taken."
    ),
    "forms.file_missing": (
        "The file {file} is missing. Nothing was changed; put the file there "
        "and try again."
    ),
    "forms.too_many_files": "There are {count} files here; a pack may have {limit}.",
    "forms.belongs_elsewhere": (
        "{key} does not belong in pack.yaml. Write it in {file}."
    ),
    "forms.id_is_not_name": (
        "The id must be the same as the name of the file or folder: {id}."
    ),
    "forms.yaml.too_big": (
        "The file has {size} bytes; a file of a pack may have {limit}."
    ),
    "forms.yaml.not_utf8": (
        "The file is not UTF-8 text from this line on. Save it as UTF-8."
    ),
    "forms.yaml.syntax": "This is not valid YAML: {reason}.",
    "forms.yaml.too_deep": "This is nested deeper than {limit} levels.",
    "forms.yaml.alias": (
        "*{name} repeats another part; packs do not allow this. Write it out."
    ),
    "forms.yaml.anchor": (
        "&{name} marks a part for repetition; packs do not allow this. Remove it."
    ),
    "forms.yaml.tag": "{name} is a YAML tag; packs do not allow this. Remove it.",
    "forms.yaml.merge": (
        "<< merges another part; packs do not allow this. Write the keys out."
    ),
    "forms.yaml.key": "A key must be a plain word.",
    "forms.yaml.duplicate": (
        "{key} stands here a second time; the first is in line {line}."
    ),
    "forms.yaml.documents": "A file holds one document; remove what follows ---.",
    "forms.json_too_big": (
        "The pack has {size} characters; it may have {limit}. It was not taken."
    ),
    "forms.json_invalid": "The pack cannot be read: {reason}. It was not taken.",
    "forms.no_pack_file": (
        "This is not a pack in one file (.taizhangpack). It was not taken."
    ),
    "forms.other_format": (
        "This pack was written in the format {format}, which this version does not "
        "know. It was not taken; install a newer version."
    ),
    "forms.pack_damaged": (
        "The pack is not as it was when it was written: its digest does not fit. It "
        "was not taken; get the file again from whoever made it."
    ),
    # What the models ask for.
    "forms.key_missing": "{key} is missing here.",
    "forms.key_unknown": "There is no {word} here. Possible: {allowed}.",
    "forms.key_misspelt": (
        "There is no {word} here; did you mean {nearest}? Possible: {allowed}."
    ),
    "forms.value_unknown": "{word} is not possible here. Possible: {allowed}.",
    "forms.value_misspelt": (
        "{word} is not possible here; did you mean {nearest}? Possible: {allowed}."
    ),
    "forms.kind_missing": "kind is missing here: it says what this is.",
    "forms.wants_text": "{value} must be text. Put it in quotation marks.",
    "forms.wants_whole": "{value} must be a whole number.",
    "forms.wants_number": "{value} must be a number, written without separators.",
    "forms.wants_true_false": "{value} must be true or false.",
    "forms.wants_list": (
        "A list must stand here, each item on a line that begins with a dash."
    ),
    "forms.wants_mapping": "Keys with values must stand here.",
    "forms.pattern": (
        "{value} is not written as it must be, or holds a character that cannot"
        " be used."
    ),
    "forms.text_too_long": "{value} is longer than {limit} characters.",
    "forms.text_too_short": "Something must be written here.",
    "forms.list_too_short": "The list must have at least {limit} items.",
    "forms.too_small": "{value} is less than {limit}.",
    "forms.too_large": "{value} is more than {limit}.",
    "forms.refused": "{value} cannot stand here: {reason}.",
    "forms.too_many_faults": (
        "There are more than {limit} faults here; this is not a pack."
    ),
    # Names that must resolve.
    "forms.form_unknown": "There is no form {word}. There are: {allowed}.",
    "forms.form_misspelt": (
        "There is no form {word}; did you mean {nearest}? There are: {allowed}."
    ),
    "forms.field_unknown": "The form has no field {word}. It has: {allowed}.",
    "forms.field_misspelt": (
        "The form has no field {word}; did you mean {nearest}? It has: {allowed}."
    ),
    "forms.code_list_unknown": "There is no code list {word}. There are: {allowed}.",
    "forms.code_list_misspelt": (
        "There is no code list {word}; did you mean {nearest}? There are: {allowed}."
    ),
    "forms.stranger_unknown": (
        "The field never holds {word}, so this never applies. Its choices: {allowed}."
    ),
    "forms.stranger_misspelt": (
        "The field never holds {word}, so this never applies; did you mean "
        "{nearest}? Its choices: {allowed}."
    ),
    "forms.concept_unknown": (
        "The shared library has no indicator {word}. It has: {allowed}."
    ),
    "forms.concept_misspelt": (
        "The shared library has no indicator {word}; did you mean {nearest}? It has: "
        "{allowed}."
    ),
    "forms.duplicate_id": "The id {name} is taken already.",
    "forms.duplicate_field": "The form has a field {name} already.",
    "forms.duplicate_choice": "The choice {name} stands in the list twice.",
    "forms.phrase_with_signs": (
        "Texts are cut at signs and spaces and read in small letters, so the phrase "
        "{phrase} is never found in one. Write it without."
    ),
    "forms.reserved_name": "{name} means something in SQL. Choose another id.",
    # Forms.
    "forms.too_many_fields": "A form may have {limit} fields.",
    "forms.formerly_living": (
        "formerly names {name}, but a field of the form has this id now."
    ),
    "forms.formerly_twice": "Two fields say that they were formerly {name}.",
    "forms.same_head": (
        "A table's head {head} could also mean the field {field}. Change the "
        "title or alias."
    ),
    "forms.name_is_list": (
        "{field} can hold several choices, so it cannot name a record."
    ),
    "forms.source_of_nothing": (
        "{field} states where its explanation comes from but has none."
    ),
    "forms.two_values": (
        "{field} gets its value from more than one of: computed, binds, default."
    ),
    "forms.binding_kind": "{binding} cannot be shown in a field of kind {kind}.",
    "forms.empty_range": "No number is at least {low} and at most {high}.",
    "forms.default_outside": "The default {value} is outside the range.",
    "forms.default_too_long": "The default is longer than {limit} characters.",
    "forms.too_many_decimals": "This has more decimals than the field's {digits}.",
    "forms.choices_or_list": (
        "{field} needs either choices or a code list, and not both."
    ),
    "forms.choice_is_absent": (
        "Typing {choice} means that there is no value, so it can never be chosen."
    ),
    "forms.choice_spaces": "The choice {choice} begins or ends with a space.",
    "forms.choice_separator": (
        "The choice {choice} holds a sign that separates choices."
    ),
    "forms.alias_is_choice": (
        "{name} is a choice of the field itself, so it cannot stand for another."
    ),
    "forms.own_record_only": (
        "{names}: whether a field is shown may depend on its own record only."
    ),
    "forms.computed_cycle": "These fields are computed from each other: {fields}.",
    "forms.idle_form": "No rule and no indicator reads the form {form}.",
    # Forms taken from the library, and the levels above.
    "forms.left_out_required": (
        "{field} cannot be left out: the shared form requires an answer."
    ),
    "forms.left_out_named": "{field} cannot be left out: {users} rests on it.",
    "forms.lessened": (
        "{key} of {field} asks less than the shared form does. A pack may narrow and "
        "add, not lessen."
    ),
    "forms.above_unread": (
        "There is no pack {pack} that can be read. See what is wrong with it first."
    ),
    "forms.above_form": (
        "“{pack}”, of the level above, rests on the form “{form}”. Take it too."
    ),
    "forms.above_field": (
        "“{pack}”, of the level above, rests on “{field}” of “{form}”. Keep it."
    ),
    "forms.above_lessened": (
        "“{pack}”, of the level above, asks more of “{field}” of “{form}” ({key})."
    ),
    # Definitions and parameters.
    "forms.definition_idle": "No expression names the definition {name}.",
    "forms.definition_circle": "These definitions stand for each other: {names}.",
    "forms.bounds_idle": (
        "{name} is not adjustable, so its bounds say nothing. Write adjustable: true, "
        "or leave them out."
    ),
    "forms.adjustable_column": (
        "{name} cannot be adjustable: the field {field} is computed with it, and a "
        "field's column keeps the number it was made with."
    ),
    # Rules.
    "forms.lone_brace": (
        "A brace in the sentence stands alone; write a name within braces for a value."
    ),
    "forms.constant_condition": (
        "The condition of {rule} names nothing of the record, so it is the same"
        " for all."
    ),
    "forms.need_missing": "The expression reads the form {form}; name it in needs.",
    "forms.need_idle": "needs names {form}, but the expression does not read it.",
    "forms.no_origin": "Neither source nor ours says where this comes from.",
    "forms.two_origins": (
        "source and ours cannot both be the origin; a remark goes into note."
    ),
    # Indicators.
    "forms.concept_key": (
        "{key} belongs to one plan and cannot stand in a shared indicator. Write it in "
        "the pack."
    ),
    "forms.differs_missing": (
        "This states {keys} otherwise than the shared indicator. Say why in differs."
    ),
    "forms.differs_idle": (
        "differs gives a reason, but nothing of the shared indicator's definition is "
        "stated otherwise here."
    ),
    "forms.differs_alone": (
        "differs says how a plan departs from a shared indicator, but this names no "
        "concept."
    ),
    "forms.plan_years": "The plan ends in {ends}, before it starts in {starts}.",
    "forms.no_way": (
        "The form {form} does not say in its answers how to answer this ({way})."
    ),
    "forms.key_choices": (
        "This field gets its choices from the titles of the indicators. Leave them out."
    ),
    "forms.nobody_answers": (
        "No indicator of the pack is answered or judged through the form {form}, so "
        "{field} has nothing to choose from. Leave the form out, or name it in "
        "answered_by or judged_by."
    ),
    "forms.asking_unknown": (
        "No form {word} says in its answers how it is asked. There are: {allowed}."
    ),
    "forms.asking_misspelt": (
        "No form {word} says in its answers how it is asked; did you mean {nearest}? "
        "There are: {allowed}."
    ),
    "forms.no_ways": (
        "answers of the form {form} needs at least one of: number, ratio, words."
    ),
    "forms.answers_kind": "{field} must be a field of kind: {kind}.",
    "forms.way_lacks": "{way} also needs {key}.",
    "forms.way_idle": "{way} has no use for {key}.",
    "forms.way_title": (
        "Without {title} every indicator answered here would have the same value."
    ),
    "forms.same_title": (
        "Another indicator answered through the same form has the title {name} too; "
        "nobody could tell them apart there."
    ),
    "forms.two_answers": (
        "One form cannot hold both the numbers of an indicator (answered_by) and the "
        "judgement on it (judged_by)."
    ),
    "forms.judged": (
        "{indicator}: a commitment in words (qualitative) needs judged_by, the form in "
        "which people judge it, and no other indicator has one."
    ),
    "forms.no_value": (
        "Nothing says how this is computed. Write value, or name the form in "
        "answered_by."
    ),
    "forms.half_value": (
        "Numerator and denominator are either both computed or both only words."
    ),
    "forms.judges_region": (
        "judges is for a plan without a region: this pack has one, which is judged."
    ),
    "forms.target_window": "since {since} is later than until {until}.",
    "forms.target_overlap": (
        "Another target for the same year holds in some of the same years. Give both "
        "since and until so that one takes over from the other."
    ),
    "forms.multiplier": "A figure in {measure} needs the multiplier {multiplier}.",
    "forms.no_denominator": "An indicator of kind {kind} needs a denominator.",
    "forms.count_denominator": "An indicator of kind count has no denominator.",
    "forms.target_half": "A target has both operator and value, or neither.",
    "forms.target_silent": "A target without a value needs its words in text.",
    "forms.baseline_silent": "A baseline without a value needs its words in text.",
    "forms.target_basis": (
        "text_only is the basis of targets without a value, and only of them."
    ),
    "forms.target_upper": "upper is the second bound of between, and only of it.",
    "forms.target_bounds": "upper must be more than value.",
    "forms.target_year": "A target has a year unless its year_basis is none.",
    "forms.qualitative_number": (
        "{indicator} is qualitative, but this target has a number."
    ),
    # What a newer version of a pack may not do.
    "forms.diff.other_pack": (
        "This is another reporting system: {new}, not {old}. A ledger can only "
        "go on under a newer version of its own."
    ),
    "forms.diff.other_periods": (
        "The newer version reports by another kind of period ({new}, not "
        "{old}). Make a new ledger for it."
    ),
    "forms.diff.other_form": (
        "Form {form} ({title}) is no longer of the same kind: one record a "
        "facility, or one a unit. Give it another id."
    ),
    "forms.diff.computed": (
        "Field {field} ({title}) of form {form} was typed in and is computed "
        "now, or the other way round. Give it another id."
    ),
    "forms.diff.other_kind": (
        "Field {field} ({title}) of form {form} is of another kind ({new}, not "
        "{old}), so its values may not fit. Give it another id and say "
        "formerly: {field}."
    ),
}
