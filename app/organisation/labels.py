"""The words for codes, in one place: roles, kinds, concepts, denominations, and how far somebody's login is."""

from collections.abc import Iterable, Sequence

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.kernel.permissions import Role
from app.kernel.returned_mail import Refusal
from app.organisation.models import Board, LoginState, SchoolClosure
from app.organisation.queries import Workplace

SCHOOLS_NAMED = 2
"""By how many of its schools a board is described."""

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
    LoginState.NOT_INVITED: _l("Not invited yet"),
    LoginState.PLANNED: _l("Planned"),
    LoginState.INVITED: _l("Invited"),
    LoginState.EXPIRED: _l("Invitation expired"),
    LoginState.BOUNCED: _l("Mail came back"),
    LoginState.NO_ADDRESS: _l("No e-mail address"),
}

REFUSALS = {
    Refusal.UNKNOWN_ADDRESS: _l("the address does not exist"),
    Refusal.MAILBOX_FULL: _l("the mailbox is full"),
    Refusal.REFUSED: _l("the mail server did not accept it"),
}
"""Why a mail came back."""

ACTIONS = {
    "add person": _l("added this person"),
    "edit person": _l("changed name or address"),
    "add role": _l("gave a role"),
    "end role": _l("ended a role"),
    "reopen role": _l("let a role go on"),
    "change role": _l("changed the days of a role"),
    "undo import": _l("took back what an import changed"),
    "remove role": _l("took back a role that was a mistake"),
    "move role": _l("moved a role to another school"),
    "undo move": _l("took back a move to another school"),
    "invite": _l("sent an invitation"),
    "plan invitation": _l("planned an invitation"),
    "withdraw invitation": _l("withdrew the invitation"),
    "invitation came back": _l("noticed that the invitation came back"),
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


def closure_words(closure: SchoolClosure) -> str:
    """From when a school is not of this network any more."""
    day = format_date(closure.closed_on, "d MMMM y")
    if closure.to_network:
        return _("With network %(code)s as of %(day)s", code=closure.to_network, day=day)
    return _("Closed as of %(day)s", day=day)


def board_label(board: Board) -> str:
    """The name that the network gave a board, otherwise its number."""
    return board.name or _("Board %(number)s", number=board.number)


def refusal_label(refusal: str | None) -> str:
    """Why a mail came back, to follow "came back:"; one of before reasons were kept was about the address."""
    return str(REFUSALS[Refusal(refusal or Refusal.UNKNOWN_ADDRESS)])


def board_with_schools(board: Board, schools: Sequence[str]) -> str:
    """A board as somebody recognises it, by its schools: it mostly has but a number."""
    if not schools:
        return board_label(board)
    shown, others = ", ".join(schools[:SCHOOLS_NAMED]), len(schools) - SCHOOLS_NAMED
    if others > 0:
        shown = ngettext(
            "%(schools)s and %(num)s other school",
            "%(schools)s and %(num)s other schools",
            others,
            schools=shown,
        )
    return f"{board_label(board)}: {shown}"


def role_at(place: Workplace) -> str:
    """A role with the school where it is held, such as "IB'er, OBS De Wilgen"."""
    return ", ".join(filter(None, [str(ROLES[place.role]), place.school_name]))


def listed(names: Sequence[str], word: str | None = None) -> str:
    """Names in a sentence: commas, and "and" (or another word) before the last."""
    if len(names) < 2:
        return "".join(names)
    most = ", ".join(names[:-1])
    if word:
        return f"{most} {word} {names[-1]}"
    return _("%(most)s and %(last)s", most=most, last=names[-1])
