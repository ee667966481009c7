"""What keys, signatures, passwords and packages for a successor have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # The ledger's own key.
    "keys.password_wanted": "The key of this ledger is under a password. Type the "
    "password; without it nothing can be signed.",
    "keys.password_wrong": "This is not the password of this ledger's key. Nothing was "
    "signed; try again.",
    "keys.damaged": "The key kept in this ledger is damaged and cannot sign. Make a "
    "new one, and tell the county its fingerprint. No figure is concerned.",
    "keys.none": "This ledger has no key yet. Make one first.",
    "keys.there": "This ledger has a key already. If it is to have another one, say "
    "--anew; the county must then compare the new fingerprint with you.",
    "keys.action.made": "Make a signing key",
    "keys.action.locked": "Change the password of the key",
    # Keys of others.
    "keys.bad_fingerprint": "{text} is no fingerprint: it has eight groups of four "
    "letters or digits. Have it read out once more.",
    "keys.unknown_unit": "There is no unit {unit} in this ledger, and so no key of it.",
    "keys.differs": "This is NOT the key known of {unit}, which is {fingerprint}. Ask "
    "the unit whether it has made a new key. If it has, say that the key is replaced.",
    "keys.former": "This key of {unit} has not been valid since {on}. If it is to be "
    "valid again, say that the key is replaced.",
    "keys.no_key": "No key of {unit} is known; there is nothing to revoke.",
    "keys.action.checked": "Compared the key of {unit}",
    "keys.action.revoked": "Revoke the key of {unit}",
    # What a signature is worth.
    "sign.unsigned": "Not signed. The program cannot tell who made the file.",
    "sign.missing": "NOT SIGNED, though {unit} has a key. Somebody may have taken the "
    "signature away, or the file comes from another computer. Ask the unit before "
    "taking it.",
    "sign.unknown_scheme": "Signed by {scheme}; this program cannot check this kind of "
    "signature. The figures were checked as always.",
    "sign.broken": "THE SIGNATURE DOES NOT FIT. The content was altered after it was "
    "signed, or the signature belongs to another file. Do not take it; ask the unit to "
    "hand in again.",
    "sign.holds": "Signed, and the signature fits. Whose key it is, the fingerprint "
    "tells whoever compares it with the unit: {fingerprint}.",
    "sign.own": "Signed with this ledger's own key.",
    "sign.first": "Signed; the key of {unit} is not registered yet. Have the unit read "
    "its fingerprint out to you; if it is {fingerprint}, mark it as compared.",
    "sign.first_elsewhere": "Signed for {unit} with the key of {other}. Ask both "
    "units who made the file. Fingerprint: {fingerprint}.",
    "sign.seen": "Signed with the same key as before; nobody has compared it with "
    "{unit} yet. Its fingerprint is {fingerprint}.",
    "sign.checked": "Signed by {unit}; {by} compared the key on {on}.",
    "sign.replaced": "ANOTHER KEY than the one known of {unit}. Ring the unit up: if "
    "it has a new key with the fingerprint {fingerprint}, mark the key as replaced; if "
    "not, somebody else made this file.",
    "sign.former_replaced": "Signed with an OLD KEY: {unit} has had another one since "
    "{on}. Ask the unit who made this file.",
    "sign.former_revoked": "Signed with a REVOKED KEY: since {on} this key of {unit} "
    "must not be believed. Do not take the file; ask the unit.",
    # Sealing with a password.
    "seal.sealing": "Sealing",
    "seal.opening": "Opening the sealed file",
    "seal.not_sealed": "This is no sealed file of this program.",
    "seal.cut_short": "The sealed file is cut short: it was not copied to its end. "
    "Copy it again, or ask for it again.",
    "seal.too_long": "Something was appended to the sealed file. Nothing of it was "
    "used; ask for it again.",
    "seal.damaged_header": "The beginning of the sealed file is damaged, so no "
    "password can open it. Copy it again, or ask for it again.",
    "seal.newer": "A newer version of the program sealed this file. Open it with that "
    "one.",
    "seal.unreasonable": "The sealed file asks for more memory than this program ever "
    "needs, so it was not opened. It was not made by this program.",
    "seal.password_wanted": "{file} is sealed with a password. Type the password; "
    "whoever handed it in knows it.",
    "seal.password_wrong": "The password is not right. Nothing was changed; mind "
    "capital letters and try again.",
    "seal.altered": "The sealed file was altered or damaged (from {at} kB on). Nothing "
    "of it was used; ask for it again.",
    "seal.no_room": "There is no room to open the sealed file ({detail}). Free some "
    "space and try again.",
    "seal.no_password": "No password was given. Nothing was written.",
    "seal.passwords_differ": "The two passwords are not the same. Nothing was written; "
    "type them again.",
    "seal.nobody_asked": "A password is needed, and nobody can be asked for it here. "
    "Write it into a file and name that with --password-file, or set "
    "TAIZHANG_PASSWORD.",
    "keys.nobody_asked": "The ledger's key is under a password, and nobody can be "
    "asked for it here. Write it into a file and name that with --key-password-file, "
    "or set TAIZHANG_KEY_PASSWORD. Nothing was written.",
    "seal.plain_there": "{file} is there already and was left as it is. Give another "
    "place, or move that file away.",
    "seal.password_file": "The password file {file} cannot be read.",
    "seal.weak_short": "Short: at least {least} characters are better.",
    "seal.weak_digits": "Digits only are guessed quickly; add some letters or words.",
    "seal.weak_pattern": "A run or a repetition is guessed quickly; take something "
    "else.",
    "seal.weak_usual": "It has a word in it that everybody tries first.",
    # Packages for a successor and for the archive.
    "handing.copying": "Copying the ledger",
    "handing.examining": "Examining the ledger",
    "handing.reading_log": "Reading the change log",
    "handing.writing": "Writing the package",
    "handing.checking": "Reading the package back",
    "handing.unpacking": "Taking the ledger out of the package",
    "handing.no_package": "This is no package for a successor or from the archive. "
    "Nothing was changed. What a unit has handed in is opened under Hand over, "
    "Receive.",
    "handing.newer": "A newer version of the program made this package. Open it with "
    "that one.",
    "handing.damaged": "The package is damaged or was altered: {what}. Nothing of it "
    "was used; ask for it again.",
    "handing.unreadable": "The package cannot be read or put there ({detail}). Nothing "
    "was changed.",
    "handing.broken": "THE SIGNATURE OF THE PACKAGE DOES NOT FIT: it was altered after "
    "it was signed. Nothing of it was used; ask for it again.",
    "handing.unsigned": "The package is not signed; each of its files is as the "
    "package says.",
    "handing.signed": "Signed, and nothing was altered. If {giver} reads you this "
    "fingerprint, it comes from there: {fingerprint}.",
    "handing.action.handover": "Hand the ledger over to {taker}",
    "handing.action.archive": "Make a package for the archive",
    "handing.action.taken": "Take the ledger over from {giver}",
    "handing.no_taker": "Say who takes the ledger over: --to NAME.",
    "handing.no_folder": "There is no folder {folder}.",
}
"""English templates by code."""
