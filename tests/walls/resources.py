"""What stands in the URLs of this house, and how to make it: in our network, in the other one, or nowhere.

The matrix of `test_routes` and the journey through every page are generated from `app.url_map` with this
registry. A new parameter in a URL needs a line in `RESOURCES`: a name that is not there fails both. An unsafe
endpoint whose form is read before its id is looked up needs a line in `FORMS` (tests/walls/forms.py).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from werkzeug.routing import Rule

from app.demo.plan import SHARED_COACH
from app.identity.models import Login, SignInSession
from app.identity.queries import login_with
from app.identity.secrets import digest
from app.identity.services import make_password_reset, open_sign_in
from app.jobs.progress import work_on
from app.kernel.actor import SYSTEM
from app.kernel.clock import now, today
from app.kernel.mail import KeptMail
from app.kernel.permissions import Role
from app.kernel.tables import Row, Table
from app.organisation.models import Assignment, Board, Invitation, School
from app.organisation.queries import PeopleFilter
from app.organisation.queries.inviting import Choice
from app.organisation.register import Register, shipped
from app.organisation.register.duo import Taken
from app.organisation.register.schools import packed
from app.organisation.schemas import row_check
from app.organisation.services.imports.applying import apply_import
from app.organisation.services.imports.judging import keep_judgement, list_to_judge, read_import_work
from app.organisation.services.imports.starting import WORK_ON_IMPORT, start_application, start_import
from app.organisation.services.mailings import start_mailing
from app.organisation.services.register import keep_edition
from tenants.session import Database, session
from tests.walls.coaching_resources import COACHING
from tests.walls.expertise_resources import EXPERTISE
from tests.walls.forms import FORMS, RESOURCE
from tests.walls.intervision_resources import INTERVISION
from tests.walls.places import NOWHERE, RESOURCES, Place, Resource, kept
from tests.world import add_person


def name_of(rule: Rule, parameter: str) -> str:
    """The registry's name for a parameter of a rule. Raises LookupError when there is none."""
    room = rule.endpoint.split(".")[0]
    for name in (f"{room}.{parameter}", parameter):
        if name in RESOURCES:
            return name
    raise LookupError(f"{rule.rule}: say in tests/walls/resources.py how to make <{parameter}>")


def parameters(rule: Rule) -> list[str]:
    """The parameters of a rule but the network, which the matrix fills itself."""
    return sorted(rule.arguments - {"network"})


def make_for(database: Database, rule: Rule, place: Place) -> dict[str, Any]:
    """Make in one network all that the rule's URL and form name: values by parameter and by field of the form."""
    wanted = [*parameters(rule), *ids_in_form(rule)]
    with database.unit_of_work(place.network, with_identities=True):
        return {parameter: place.get(name_of(rule, parameter)) for parameter in wanted}


def ids_in_form(rule: Rule) -> list[str]:
    """The fields of the endpoint's form that name a resource."""
    return [name for name, value in FORMS.get(rule.endpoint, {}).items() if value is RESOURCE]


def form_with(rule: Rule, made: dict[str, Any]) -> dict[str, Any]:
    """Valid input for the endpoint, with the ids that were made."""
    form = FORMS.get(rule.endpoint, {})
    return {name: made[name] if value is RESOURCE else value for name, value in form.items()}


def _board(place: Place) -> int:
    return kept(Board(number=str(90_000 + place.network.id)))


def _school(place: Place) -> int:
    code = f"99Z{place.network.id:03}"
    return kept(School(board_id=place.get("board_id"), code=code, name="De Muur", kinds=["bo"], city="Edam"))


def _invitee(place: Place) -> int:
    """Somebody with a role and an invitation that waits for an answer."""
    person = add_person("Muur", "Bloem")
    person.email = f"muurbloem@{place.network.slug}.example"
    session().flush()
    invitation = Invitation(
        person_id=person.id, email=person.email, by_id=0, token_hash=digest(_invitation(place)),
        sent_at=now(), expires_at=now() + timedelta(days=7),
    )  # fmt: skip
    kept(invitation)
    return person.id


def _mailing(place: Place) -> int:
    """A mailing that goes out later."""
    person = add_person("Later", "Bloem")
    person.email = f"later@{place.network.slug}.example"
    session().flush()
    choice = Choice(PeopleFilter(), (person.id,))
    return start_mailing(SYSTEM, choice, reminds=True, planned_on=today() + timedelta(days=30)) or 0


def _import(place: Place) -> int:
    """A list of people that was checked, with a row that is right and one that is wrong, and then applied."""
    columns = ("Voornaam", "Achternaam", "E-mail", "School", "Rol")
    rows = (
        Row(2, ("Muur", "Roos", f"roos@{place.network.slug}.example", "", "coach")),
        Row(3, ("", "", "", "", "")),
    )
    import_id = start_import(
        SYSTEM, "muur.csv", Table(columns, rows, "csv"), ends_missing=False, language="nl"
    )
    _, row = read_import_work(_work_on_import(import_id))
    keep_judgement(_work_on_import(import_id), list_to_judge(row).judged(row_check(), lambda _done: None))
    start_application(SYSTEM, import_id, without_wrong=True)
    apply_import(_work_on_import(import_id), row_check(), lambda _stage, _done: None)
    session().flush()
    return import_id


def _work_on_import(import_id: int) -> int:
    session().flush()
    work = work_on(WORK_ON_IMPORT, import_id)
    assert work
    return work.id


def _invitation(place: Place) -> str:
    place.made.setdefault("invitation.token", f"invitation-to-{place.network.slug}")
    return place.made["invitation.token"]


def _token_of_invitee(place: Place) -> str:
    place.get("organisation.person_id")
    return _invitation(place)


def _assignment(role: Role) -> Callable[[Place], int]:
    def make(place: Place) -> int:
        person_id = place.get("organisation.person_id")
        assignment = Assignment(
            person_id=person_id, role=role, school_id=place.get("school_id"), since=date(2020, 8, 1)
        )
        return kept(assignment)

    return make


def _demo_address(_: Place) -> str:
    if login_with(SHARED_COACH.email) is None:
        kept(Login(email=SHARED_COACH.email, password_hash="!"))
    return SHARED_COACH.email


def _mail(place: Place) -> int:
    file = {"filename": "a.ics", "subtype": "calendar", "content": "C"}
    key = f"wall-{place.network.id}"
    return kept(KeptMail(key=key, recipient="a@b.example", subject="A", body="B", attachments=[file]))


def _reset_token(place: Place) -> str:
    made = make_password_reset(place.member.identity_id)
    assert made
    return made[1]


def _sign_in(place: Place) -> int:
    open_sign_in(place.member.identity_id, "another browser")
    session().flush()
    mine = session().query(SignInSession.id).filter_by(identity_id=place.member.identity_id)
    return mine.order_by(SignInSession.id.desc()).limit(1).scalar() or 0


def _edition(_: Place) -> int:
    """An edition in which every hundredth school has another name."""
    register = shipped()
    renamed = [
        replace(school, name=f"Nieuwe {school.name}"[:160]) if number % 100 == 0 else school
        for number, school in enumerate(register.schools)
    ]
    content = packed(renamed)
    return keep_edition(None, Taken(Register.of(today(), content), content, ()), b"")


RESOURCES.update(
    {
        **COACHING,
        **INTERVISION,
        **EXPERTISE,
        "board_id": Resource(_board),
        "edition_id": Resource(_edition, is_owned=False),
        "demo.address": Resource(_demo_address, is_owned=False),
        "demo.mail_id": Resource(_mail, is_owned=False),
        "demo.number": Resource(lambda _: 1, is_owned=False),
        "filename": Resource(lambda _: "app.js", is_owned=False),
        "identity.sign_in_id": Resource(_sign_in),
        "identity.token": Resource(_reset_token, is_owned=False),
        "import_id": Resource(_import),
        "language": Resource(lambda _: "en", is_owned=False),
        "mailing_id": Resource(_mailing),
        "organisation.new_id": Resource(_assignment(Role.TEACHER)),
        "organisation.person_id": Resource(_invitee),
        "organisation.role_id": Resource(_assignment(Role.IB)),
        "organisation.wie": Resource(lambda place: place.get("organisation.person_id")),
        "invitation.token": Resource(_token_of_invitee),
        "school_id": Resource(_school),
    }
)

__all__ = [
    "FORMS",
    "NOWHERE",
    "RESOURCES",
    "Place",
    "Resource",
    "form_with",
    "ids_in_form",
    "make_for",
    "name_of",
    "parameters",
]
