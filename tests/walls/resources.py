"""What stands in the URLs of this house, and how to make it: in our network, in the other one, or nowhere.

The matrix of `test_routes` and the journey through every page are generated from `app.url_map` with this
registry. A new parameter in a URL needs a line in `RESOURCES`: a name that is not there fails both. An unsafe
endpoint whose form is read before its id is looked up needs a line in `FORMS`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from werkzeug.routing import Rule

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    Match,
    MatchingRound,
    NoteKind,
    RequestTheme,
    Trajectory,
)
from app.coaching.services.notes import create_note
from app.coaching.services.proposals import CALCULATION, calculate, keep_proposal, read_work
from app.coaching.services.publication import publish_round
from app.coaching.services.trajectories import start_trajectory
from app.demo.plan import SHARED_COACH
from app.identity.models import Login, SignInSession
from app.identity.queries import login_with
from app.identity.secrets import digest
from app.identity.services import make_password_reset, open_sign_in
from app.jobs.models import LongWork
from app.jobs.progress import work_on
from app.kernel.actor import SYSTEM, Actor
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
from tenants.context import Network
from tenants.session import Database, session
from tests.world import Cast, Member, add_person, add_role

NOWHERE = 987_654_321
"""An id that no row has."""


@dataclass
class Place:
    """A network in which resources are made, each once; `member` belongs to it."""

    network: Network
    member: Member
    cast: Cast
    made: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """A resource by its name in the registry, made when it is asked for first."""
        if name not in self.made:
            self.made[name] = RESOURCES[name].make(self)
        return self.made[name]

    def somebody(self, key: str, role: Role, school: str | None = None) -> int:
        """A person with a role: of the cast in our network, made in the other."""
        if self.network.id == self.cast.network.id:
            return self.cast[key].person_id
        person_id = add_person("Iemand", key).id
        add_role(person_id, role, self.get(school) if school else None)
        return person_id


@dataclass(frozen=True)
class Resource:
    """A parameter of a URL: how to make what it names, and a value that names nothing."""

    make: Callable[[Place], Any]
    missing: Any = NOWHERE
    is_owned: bool = True
    """Whether it belongs to a network or to somebody; otherwise its value is the same for all."""


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


def _kept(row: Any) -> int:
    session().add(row)
    session().flush()
    return row.id


def _board(place: Place) -> int:
    return _kept(Board(number=str(90_000 + place.network.id)))


def _school(place: Place) -> int:
    code = f"99Z{place.network.id:03}"
    return _kept(School(board_id=place.get("board_id"), code=code, name="De Muur", kinds=["bo"], city="Edam"))


def _invitee(place: Place) -> int:
    """Somebody with a role and an invitation that waits for an answer."""
    person = add_person("Muur", "Bloem")
    person.email = f"muurbloem@{place.network.slug}.example"
    session().flush()
    invitation = Invitation(
        person_id=person.id, email=person.email, by_id=0, token_hash=digest(_invitation(place)),
        sent_at=now(), expires_at=now() + timedelta(days=7),
    )  # fmt: skip
    _kept(invitation)
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
        return _kept(assignment)

    return make


def _demo_address(_: Place) -> str:
    if login_with(SHARED_COACH.email) is None:
        _kept(Login(email=SHARED_COACH.email, password_hash="!"))
    return SHARED_COACH.email


def _mail(place: Place) -> int:
    return _kept(KeptMail(key=f"wall-{place.network.id}", recipient="a@b.example", subject="A", body="B"))


def _reset_token(place: Place) -> str:
    made = make_password_reset(place.member.identity_id)
    assert made
    return made[1]


def _sign_in(place: Place) -> int:
    open_sign_in(place.member.identity_id, "another browser")
    session().flush()
    mine = session().query(SignInSession.id).filter_by(identity_id=place.member.identity_id)
    return mine.order_by(SignInSession.id.desc()).limit(1).scalar() or 0


def _round(name: str) -> Callable[[Place], int]:
    """A round in which somebody asked and somebody else offers, with its proposal."""

    def make(place: Place) -> int:
        begin = today() - timedelta(days=1 if name == "open" else 2)
        round_id = _kept(MatchingRound(name=name, starts_on=begin, ends_on=begin + timedelta(days=200)))
        place.get("coaching.profile")
        request = CoachingRequest(
            round_id=round_id, person_id=place.get("coaching.asker"), question="Een vraag",
            halfdays=[0, 1], travel_limit=120, online=True,
        )  # fmt: skip
        _kept(RequestTheme(request_id=_kept(request), theme="tasks", weight=2))
        _propose(round_id)
        return round_id

    return make


def _profile(place: Place) -> int:
    profile = CoachProfile(
        person_id=place.get("coaching.coach_id"), kinds=["bo"], concepts=[], declared_boards=[], halfdays=[0],
        travel_limit=120, online=True, capacity=2,
    )  # fmt: skip
    return _kept(CoachStrength(profile_id=_kept(profile), theme="tasks", strength=3))


def _propose(round_id: int) -> None:
    work = LongWork(kind=CALCULATION, subject_id=round_id, person_id=0)
    work_id = _kept(work)
    _, facts = read_work(work_id)
    judgement, result, seconds = calculate(facts, lambda _stage, _fraction: None)
    keep_proposal(work_id, facts, judgement, result, seconds)
    session().flush()


def _request(place: Place) -> int:
    return session().query(CoachingRequest.id).filter_by(round_id=place.get("round_id")).scalar() or 0


def _match(place: Place) -> int:
    """A published pair. The open round is made first, since these two are no strangers to each other afterwards."""
    place.get("round_id")
    round_id = place.get("coaching.published_round")
    publish_round(SYSTEM, round_id)
    return session().query(Match.id).filter_by(round_id=round_id).scalar() or 0


def _trajectory(place: Place) -> int:
    """The coaching that follows from the published pair."""
    return start_trajectory(session().get_one(Match, (place.network.id, place.get("match_id")))).id


def _note(place: Place) -> int:
    """A note that the IB'er keeps to herself."""
    trajectory = session().get_one(Trajectory, (place.network.id, place.get("trajectory_id")))
    actor = Actor(trajectory.coachee_id, "Iemand", frozenset({Role.IB}))
    return create_note(
        actor, trajectory.id, {"kind": NoteKind.OWN, "text": "Een gedachte", "not_about_pupil": False}
    )


def _edition(_: Place) -> int:
    """An edition in which every hundredth school has another name."""
    register = shipped()
    renamed = [
        replace(school, name=f"Nieuwe {school.name}"[:160]) if number % 100 == 0 else school
        for number, school in enumerate(register.schools)
    ]
    content = packed(renamed)
    return keep_edition(None, Taken(Register.of(today(), content), content, ()), b"")


RESOURCE = object()
"""In a form: the resource of this name."""

PASSWORDS = {"password": "een nieuwe zin", "again": "een nieuwe zin"}
REQUEST = {"theme-tasks": 2, "halfdays": [0], "travel_limit": 30, "online": "1"}
PROFILE = {**REQUEST, "kinds": ["bo"], "capacity": 2}

ROLE = {"role": "ib", "school_id": RESOURCE, "since": "2027-08-01"}
EVALUATION = {"practice": 4, "noticed": 3, "outside": 5, "worthwhile": 4}
PERSON = {"first_name": "Noor", "last_name": "Bakker", "email": "noor@waterland.example"}

FORMS: dict[str, dict[str, Any]] = {
    "coaching.create_closure": {"outcome": "completed"},
    "coaching.create_exclusion": {"coach_id": RESOURCE},
    "coaching.create_note": {"kind": "own", "text": "Een gedachte"},
    "coaching.create_pin": {"coach_id": RESOURCE},
    "coaching.destroy_exclusion": {"coach_id": RESOURCE},
    "coaching.destroy_pin": {"coach_id": RESOURCE},
    "coaching.update_check_in": {"score": 4},
    "coaching.update_evaluation": EVALUATION,
    "coaching.update_note": {"kind": "own", "text": "Een andere gedachte"},
    "coaching.update_own_profile": {**PROFILE, "wanted": RESOURCE},
    "coaching.destroy_own_request": {"round_id": RESOURCE},
    "coaching.update_own_request": {**REQUEST, "round_id": RESOURCE, "wanted": RESOURCE},
    "coaching.update_profile_for": {**PROFILE, "unwanted": RESOURCE},
    "coaching.update_request_for": {**REQUEST, "unwanted": RESOURCE},
    "coaching.update_round_sufficiency": {"points": 40},
    "demo.create_sign_in": {"address": RESOURCE},
    "identity.update_password": {"old": "x", **PASSWORDS},
    "identity.update_password_by_link": PASSWORDS,
    "invitation.create_acceptance": PASSWORDS,
    "organisation.create_import_application": {"without_wrong": "1"},
    "organisation.create_invitations": {"wie": RESOURCE},
    "organisation.create_move": {"school_id": RESOURCE, "since": "2027-08-01"},
    "organisation.create_person": {**PERSON, **ROLE},
    "organisation.create_register_review": {"digest": "x"},
    "organisation.destroy_register_review": {"digest": "x"},
    "organisation.create_role": ROLE,
    "organisation.create_role_end": {"until": "2027-07-31"},
    "organisation.destroy_move": {"new_id": RESOURCE},
    "organisation.update_board": {"name": "Stichting De Muur"},
    "organisation.update_import_columns": {"column-0": "name", "column-3": "school", "column-4": "role"},
    "organisation.update_person": PERSON,
    "organisation.update_school": {"name": "De Muur"},
}
"""Valid input by endpoint."""

RESOURCES: dict[str, Resource] = {
    "board_id": Resource(_board),
    "coaching.asker": Resource(lambda place: place.somebody("ib", Role.IB, "school_id")),
    "coaching.coach_id": Resource(lambda place: place.somebody("coach", Role.COACH)),
    "coaching.person_id": Resource(lambda place: place.get("coaching.coach_id")),
    "coaching.profile": Resource(_profile),
    "coaching.unwanted": Resource(lambda place: place.get("coaching.asker")),
    "coaching.wanted": Resource(lambda place: place.somebody("colleague", Role.IB, "school_id")),
    "coaching.published_round": Resource(_round("published")),
    "edition_id": Resource(_edition, is_owned=False),
    "demo.address": Resource(_demo_address, is_owned=False),
    "demo.mail_id": Resource(_mail, is_owned=False),
    "filename": Resource(lambda _: "app.js", is_owned=False),
    "identity.sign_in_id": Resource(_sign_in),
    "identity.token": Resource(_reset_token, is_owned=False),
    "import_id": Resource(_import),
    "language": Resource(lambda _: "en", is_owned=False),
    "mailing_id": Resource(_mailing),
    "match_id": Resource(_match),
    "note_id": Resource(_note),
    "organisation.new_id": Resource(_assignment(Role.TEACHER)),
    "organisation.person_id": Resource(_invitee),
    "organisation.role_id": Resource(_assignment(Role.IB)),
    "organisation.wie": Resource(lambda place: place.get("organisation.person_id")),
    "invitation.token": Resource(_token_of_invitee),
    "request_id": Resource(_request),
    "round_id": Resource(_round("open")),
    "school_id": Resource(_school),
    "trajectory_id": Resource(_trajectory),
}
"""By `room.parameter` where a name means something else in another room, otherwise by `parameter`."""
