"""The words of a list of people: what its columns hold, what a row means, and what is wrong with one."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.kernel.permissions import Role
from app.organisation.importing import Change, Entry, Fault, RowState
from app.organisation.labels import ROLES
from app.web.language import long_date

FIELDS = {
    "name": _l("Whole name"),
    "first_name": _l("First name"),
    "infix": _l("Infix"),
    "last_name": _l("Family name"),
    "email": _l("E-mail address"),
    "school": _l("Name of the school"),
    "brin": _l("BRIN or location code"),
    "location": _l("Number of the location"),
    "role": _l("Role"),
    "since": _l("First day"),
    "until": _l("Last day"),
}
"""What a column can hold, in the order in which one chooses."""

STATES = {
    RowState.WRONG: _l("Not right"),
    RowState.NEW: _l("New"),
    RowState.CHANGED: _l("Changed"),
    RowState.ENDED: _l("Ends"),
    RowState.UNCHANGED: _l("Unchanged"),
}

FAULTS = {
    "missing_role": _l("No role is filled in. Choose from: %(roles)s."),
    "unknown_role": _l("We don't know the role “%(text)s”. Choose from: %(roles)s. Or take the row out."),
    "missing_school": _l("No school is filled in. Fill in its code (such as 03WU00) or its name."),
    "unknown_school": _l(
        "“%(text)s” is no school of this network. Fill in its code (such as 03WU00) or its name."
    ),
    "several_schools": _l(
        "“%(text)s” can be more than one school. Fill in the code of the right one: %(schools)s."
    ),
    "no_date": _l("“%(text)s” is not a date. Write it like 1-8-2026."),
    "two_names": _l(
        "This address stands with two names: %(one)s (row %(row)s) and %(other)s (row %(other_row)s). "
        "Everybody needs an address of her own."
    ),
    "which_one": _l(
        "There is more than one %(name)s, or she works at another school. Fill in her e-mail address, "
        "then we know who it is."
    ),
    "several_periods": _l(
        "She had this role here before, in other days. Fill in the first day that we know, "
        "or change the days on her own page."
    ),
    "ends_before_it_begins": _l("The last day lies before the first: this role begins on %(since)s."),
    "contradicts": _l("Row %(row)s says something else about the same role. Take one of the two out."),
    "coordinator_by_hand": _l("The role of a network coordinator can only be changed on her own page."),
}
"""What is wrong, and the way out, by the code of a fault."""

NOTES = {
    "over": _l("This role is over already. We take in nothing about it."),
    "same_row": _l("The same as an earlier row."),
    "shouted": _l("This name is in capitals. We leave it as it is written."),
}

OBSTACLES = {
    "access": _l("has come in with the invitation"),
    "used": _l("takes part already: there is a request, a profile or something else with this name"),
    "edited": _l("has got another name or address since"),
    "roles": _l("has got other roles or days since"),
    "address": _l("can't get the old address back: somebody else has it now"),
    "gone": _l("is not known any more"),
}
"""Why an import can't be undone, to follow somebody's name."""


class ShownChange(NamedTuple):
    """A change as the preview shows it; `old` is None where there was nothing."""

    label: str
    old: str | None
    new: str


class ShownFault(NamedTuple):
    """What is wrong with a row, and in which column."""

    label: str
    text: str


def shown_fault(fault: Fault) -> ShownFault:
    """A fault in words."""
    if fault.code == "said":
        return ShownFault(str(FIELDS[fault.held]), fault.values["text"])
    values = {**fault.values, "roles": ", ".join(str(label) for label in ROLES.values())}
    if "since" in values:
        values["since"] = long_date(date.fromisoformat(values["since"]))
    return ShownFault(str(FIELDS[fault.held]), str(FAULTS[fault.code]) % values)


def shown_change(change: Change) -> ShownChange:
    """A change in words."""
    label = FIELDS["name" if change.what == "name" else change.what]
    return ShownChange(
        str(label), _value(change.what, change.old), _value(change.what, change.new) or _("none")
    )


def role_of_entry(entry: Entry) -> str:
    """The role of a row with its school, such as "IB'er, OBS De Wilgen"; what it does not say is left out."""
    return ", ".join(filter(None, [str(ROLES[entry.role]) if entry.role else None, entry.school]))


def fault_text(faults: Sequence[Fault]) -> str:
    """All that is wrong with a row, for a cell of a spreadsheet."""
    return " ".join(f"{label}: {text}" for label, text in map(shown_fault, faults))


def _value(what: str, value: str | None) -> str | None:
    if value is None:
        return None
    if what == "role":
        return str(ROLES[Role(value)])
    return long_date(date.fromisoformat(value)) if what in {"since", "until"} else value
