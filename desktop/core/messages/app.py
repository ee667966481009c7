"""What use cases say: names of actions and of long work."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "app.auditing": "Checking the figures against the rules…",
    "app.computing": "Computing the indicators…",
    "app.rolling": "Adding the units up…",
    "app.reading": "Reading the ledger…",
    "app.writing-xlsx": "Writing the workbook…",
    "app.writing-pdf": "Writing the PDF…",
    "app.pack-unread": "The file cannot be read: {detail}.",
    "app.people.name": "Write a name of at most {most} characters.",
    "app.people.there": "{name} is on the list already.",
    "app.people.differ": (
        "The two PINs are not the same. Nothing was changed; write it again."
    ),
    "app.people.pin": "A PIN has {least} to {most} characters.",
    "app.recent.gone": "moved, renamed or deleted",
    "app.recent.away": "its folder is not there; is a drive not connected?",
    "app.pack-none": (
        "{file} holds no reporting system. Nothing was changed. Choose a file that "
        "ends in .taizhangpack, or the folder that holds pack.yaml."
    ),
    "app.pack-faulty": (
        "{file} cannot be used: it is damaged, or not complete ({count} faults). "
        "Nothing was changed. Ask whoever gave it to you for a sound copy."
    ),
    "app.backup": "Automatic backup",
    "app.backing-up": "Copying and checking the ledger…",
    "app.bring": "Bring in {period} from another ledger",
    "app.bring.rosters": "Begin the rosters with those of {period}",
    "app.bring.pack": (
        "That ledger goes by {other}, this one by {pack}: their figures are not"
        " the same. Nothing was brought in; choose a ledger of the same "
        "reporting system."
    ),
    "app.bring.unit": (
        "That ledger is {other}'s, this one is {unit}'s. Nothing was brought "
        "in; choose a ledger of the same unit."
    ),
    "app.bring.period": (
        "That ledger holds {there}: no period before {period} that this ledger "
        "does not have already. Nothing was brought in."
    ),
    "app.bring.no-form": (
        "{form}: {count} records stay there, this ledger has no such form"
    ),
    "app.bring.stranger": (
        "{unit} ({code}): {count} records stay there, this ledger has no such unit"
    ),
    "app.bring.no-field": (
        "{form}, {field}: {count} values stay there, the field is gone or takes"
        " no such value"
    ),
    "app.bring.gap": (
        "What comes is of {period}; rules that compare with the year before "
        "look for {before}."
    ),
    "app.bring.version": (
        "That ledger goes by version {old} of the reporting system, this one by"
        " {new}: fields are carried over by their names."
    ),
    "app.deadline": "Hand in by {day}",
    "app.deadline-none": "Take the deadline away",
    "app.edit": "Change {field}",
    "app.edit-block": "Change {count} cells",
    "app.copying": "Copying…",
    "app.paste": "Paste {count} cells",
    "app.paste-and-add": "Paste {count} cells, add {records} records",
    "app.paste.reading": "Reading what is to be pasted…",
    "app.paste.locked": "This item is not typed; the program fills it.",
    "app.paste.below": "The form has no record here.",
    "app.paste.beside": "The form has no item here.",
    "app.cut": "Cut {count} cells",
    "app.empty": "Empty {count} cells",
    "app.fill-down": "Fill {count} cells down",
    "app.fill-right": "Fill {count} cells to the right",
    "app.summing": "Adding up…",
    "app.finding": "Searching…",
    "app.replace": "Replace {count} cells",
    "app.add": "Add a record to {form}",
    "app.remove": "Remove {count} records from {form}",
    "app.close": "Close {count} facilities",
    "app.close-one": "Close {name}",
    "app.reopen": "Reopen {count} facilities",
    "app.reopen-one": "Reopen {name}",
    "app.writing-data": "Writing the records…",
    "app.second": "Second entry of {field}",
    "app.second-settled": "Settle {count} differences of the second entry",
    "app.explain": "Explain a finding",
    "app.explain-several": "Explain {count} findings",
    "app.explain.stock": (
        "“{text}” does not say why. Write what happened and which figure it explains, "
        "for example: the new wing opened in May, 60 beds more."
    ),
    "app.explain.short": (
        "This is too short to say why: {found} letters, at least {count} are wanted "
        "(stock phrases do not count). Write what happened and which figure it "
        "explains."
    ),
    "app.explain.figure": (
        "The finding is about figures: name at least one in the explanation, such as "
        "how many beds, places or persons."
    ),
    "app.explain.figures": (
        "One explanation for several records: name a figure in it, such as how many "
        "records or beds it is about."
    ),
    "app.explain.several-units": (
        "These findings belong to several units; each unit explains its own. Choose "
        "findings of one unit."
    ),
    "app.explain.copied-unit": (
        "{unit} has been explained in the same words, or nearly. Write what happened "
        "here: which institution, what, which figure."
    ),
    "app.explain.copied-period": (
        "The same words, or nearly, explained {unit} in {period}. Write what is so in "
        "this period: what happened, which figure."
    ),
    "app.explain.same-cause": (
        "{name} has been explained in the same words, or nearly. Several records of a "
        "unit may have one cause; then name the figure it is about."
    ),
    "app.comment": "Comment on {field}",
    "app.flag": "Flag {field}",
    "app.flag-undone": "Take the flag off {field}",
    "app.same": "Take {count} cells over from last period",
    "app.carry": "Carry {count} records of {form} forward",
    "app.restore": "Restore an earlier value of {field}",
    "app.choose": "Choose: {title}",
    "app.nil": "Nil return for {form}",
    "app.nil-undone": "Withdraw the nil return for {form}",
    "app.unknown-form": "There is no form {form}; this ledger has: {known}.",
    "app.which-sheet": (
        "{file} has several sheets ({sheets}); say which one to import. "
        "Nothing was changed."
    ),
    "app.no-form-here": "This ledger has no form {form}.",
    "app.no-field-here": "The form {form} of this ledger has no field {field}.",
    "app.no-choice-here": (
        "The field {field} of the form {form} in this ledger has no choice {choice}."
    ),
    "app.no-such-head": "No column is headed {head}; there are: {heads}.",
    "app.no-such-field": "{form} has no field {field}.",
    "app.no-such-sheet": "There is no sheet {sheet}; the file has: {sheets}.",
    "app.upgrade.copying": "Trying it out on a copy",
    "app.upgrade.going": (
        "{periods} would go by {new} instead of {old}; nothing was changed."
    ),
    "app.upgrade.counted": "{count} new findings; {solved} that were there are gone.",
    "app.upgrade.counting": "Counting what the newer version does not ask for…",
    "app.upgrade.kept": (
        "{count} values stand in fields the newer version does not ask for. They stay "
        "in the ledger, and are shown again when a later version asks for them."
    ),
    "app.upgrade.words": (
        "Earlier periods keep the words {words}. Figures that add several "
        "periods up count, under the new words, only the periods from here on. "
        "Upgrade from the first period on to have them counted throughout."
    ),
    "app.form_lapsed": (
        "The time for which “{form}” is valid had ended when it was last changed; the "
        "form says so in print. A void form need not be answered: ask the authority "
        "that made it for the one in force, and have the pack brought up to date."
    ),
}
