"""The words for codes, in one place: roles, kinds, concepts, denominations, and how far somebody's login is."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.kernel.permissions import Role
from app.organisation.models import Board, LoginState
from app.organisation.queries import Workplace

ROLES = {
    Role.COORDINATOR: _l("Network coordinator"),
    Role.IB: _l("IB'er"),
    Role.COACH: _l("Coach"),
    Role.LEADER: _l("School leader"),
    Role.TEACHER: _l("Teacher"),
    Role.BILLING: _l("Billing contact"),
}

KINDS = {
    "bo": _l("primary education"),
    "sbo": _l("special primary education"),
    "so": _l("special education"),
    "vso": _l("special secondary education"),
}

CONCEPTS = {
    "montessori": _l("Montessori"),
    "dalton": _l("Dalton"),
    "jenaplan": _l("Jenaplan"),
    "vrijeschool": _l("Waldorf"),
    "freinet": _l("Freinet"),
    "ogo": _l("Developmental education"),
    "democratisch": _l("Democratic education"),
    "internationaal": _l("International education"),
}

DENOMINATIONS = {
    "Openbaar": _l("Public school"),
    "Rooms-Katholiek": _l("Roman Catholic"),
    "Protestants-Christelijk": _l("Protestant"),
    "Algemeen bijzonder": _l("Independent, no denomination"),
    "Reformatorisch": _l("Orthodox Reformed"),
    "Gereformeerd vrijgemaakt": _l("Reformed (liberated)"),
    "Islamitisch": _l("Islamic"),
    "Antroposofisch": _l("Anthroposophical"),
    "Samenwerking PC, RK": _l("Protestant and Roman Catholic together"),
    "Interconfessioneel": _l("Interdenominational"),
    "Evangelisch": _l("Evangelical"),
    "Samenwerking Opb., PC": _l("Public and Protestant together"),
    "Hindoeïstisch": _l("Hindu"),
    "Bijzonder": _l("Independent school"),
    "Overige": _l("Other denomination"),
    "Samenwerking Opb., RK": _l("Public and Roman Catholic together"),
    "Samenwerking PC, RK, Alg. Bijz.": _l("Protestant, Roman Catholic and independent together"),
    "Joods": _l("Jewish"),
    "Gereformeerd": _l("Reformed"),
    "Gereformeerd vrijgemaakt / Evangelisch": _l("Reformed (liberated) and Evangelical"),
    "Evangelische broedergemeenschap": _l("Moravian"),
}
"""By what the national register writes."""

LOGIN_STATES = {
    LoginState.ACCESS: _l("Has access"),
    LoginState.INVITED: _l("Invited"),
    LoginState.EXPIRED: _l("Invitation expired"),
    LoginState.NOT_INVITED: _l("Not invited yet"),
    LoginState.WRONG_ADDRESS: _l("Address is not right"),
}

ACTIONS = {
    "add person": _l("added this person"),
    "edit person": _l("changed name or address"),
    "add role": _l("gave a role"),
    "end role": _l("ended a role"),
    "reopen role": _l("let a role go on"),
    "remove role": _l("took back a role that was a mistake"),
    "move role": _l("moved a role to another school"),
    "undo move": _l("took back a move to another school"),
    "invite": _l("sent an invitation"),
    "withdraw invitation": _l("withdrew the invitation"),
    "accept invitation": _l("accepted the invitation"),
    "take away access": _l("took away access"),
}
"""What the history of a person says, by the action in the audit trail."""


def kinds_label(kinds: Iterable[str]) -> str:
    """Kinds in their usual order, such as "special education, special secondary education"."""
    known = set(kinds)
    return ", ".join(str(label) for kind, label in KINDS.items() if kind in known)


def concept_label(concept: str | None) -> str | None:
    """The concept of a school; None when it has no particular one."""
    return str(CONCEPTS[concept]) if concept else None


def denomination_label(denomination: str | None) -> str | None:
    """The denomination; one that the house has no word for as the register writes it."""
    return str(DENOMINATIONS.get(denomination, denomination)) if denomination else None


def board_label(board: Board) -> str:
    """The name that the network gave a board, otherwise its number."""
    return board.name or _("Board %(number)s", number=board.number)


def role_at(place: Workplace) -> str:
    """A role with the school where it is held, such as "IB'er, OBS De Wilgen"."""
    return ", ".join(filter(None, [str(ROLES[place.role]), place.school_name]))
