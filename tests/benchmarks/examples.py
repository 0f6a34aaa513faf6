"""What stands in the URLs of the pages that are measured: for each parameter an example from the real data.

A new parameter of a page needs a line in `EXAMPLES`, and a page that answers with a redirect one in `REDIRECTS`;
`test_examples.py` finds what is missing. A list that can be narrowed is also measured as somebody narrows it.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select, text, update
from werkzeug.routing import Rule

from app.agenda.models import CalendarFeed
from app.coaching.models import Attempt, Theme
from app.coaching.queries import latest_proposal, round_with
from app.coaching.services.attempts import TRIAL
from app.coaching.what_if import Change, Loosened, effect_of, trial_of
from app.expertise.services.record_imports import start_import
from app.goals.models import TEXTS, Goal, Wording
from app.identity.secrets import digest
from app.identity.services import make_password_reset
from app.intervision.models import Intention, Method
from app.intervision.services.divisions import FORMING
from app.jobs.models import LongWork
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.mail import KeptMail
from app.kernel.permissions import Role
from app.kernel.tables import Row, Table
from tenants.context import Network
from tenants.session import session

INVITATION_TOKEN = "the-invitation-of-the-benchmark"


class NoExample(LookupError):
    """The data have nothing of the kind that a page shows."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks for pages."""

    name: str
    """The role; `nobody` is not signed in, and `operator` runs the platform."""
    network: Network
    role: Role | None = None
    person_id: int = 0
    cookie: str = ""


Example = Callable[[Visitor], Any]


def found_by(sql: str) -> Example:
    """The first value that a query finds in the visitor's network. Raises NoExample."""

    def find(visitor: Visitor) -> Any:
        found = session().scalar(text(sql), {"person": visitor.person_id} if ":person" in sql else {})
        if found is None:
            raise NoExample(f"{visitor.network.slug}, {visitor.name}: {sql}")
        return found

    return find


def _mail(visitor: Visitor) -> int:
    """A mail with an appointment, the same for the page and for what is attached to it."""
    key, file = (
        f"benchmark-{visitor.network.id}",
        {"filename": "a.ics", "subtype": "calendar", "content": "C"},
    )
    kept = session().scalar(select(KeptMail.id).where(KeptMail.key == key))
    if kept is not None:
        return kept
    mail = KeptMail(key=key, recipient="a@b.example", subject="A", body="B", attachments=[file])
    session().add(mail)
    session().flush()
    return mail.id


def _invitation(visitor: Visitor) -> str:
    """A link that waits for an answer; only its digest is kept, so that one of them gets ours."""
    token = f"{INVITATION_TOKEN}-{visitor.network.slug}"
    waiting = """
        SELECT max(id) FROM invitation
        WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND token_hash IS NOT NULL"""
    session().execute(
        text(f"UPDATE invitation SET token_hash = :digest WHERE id = ({waiting})"),
        {"digest": digest(token)},
    )
    return token


def _reset_link(visitor: Visitor) -> str:
    login = found_by("SELECT identity_id FROM person WHERE identity_id IS NOT NULL ORDER BY id LIMIT 1")(
        visitor
    )
    made = make_password_reset(login)
    if made is None:
        raise NoExample("a link for a new password")
    return made[1]


def _feed(visitor: Visitor) -> str:
    """The address at which a calendar reads along with the first person who has an appointment."""
    token = f"the-calendar-of-{visitor.network.slug}"
    person_id = found_by("SELECT min(person_id) FROM attendance")(visitor)
    session().add(CalendarFeed(person_id=person_id, token_hash=digest(token)))
    session().flush()
    return token


def _theme(visitor: Visitor) -> int:
    theme = Theme(code="own-bench", label=f"Thema van {visitor.network.slug}")
    session().add(theme)
    session().flush()
    return theme.id


def _own_method(visitor: Visitor) -> str:
    """A method of the network's own."""
    method = Method(
        code="own-bench",
        name=f"Werkvorm van {visitor.network.slug}",
        steps=[{"name": "Vertellen", "minutes": 10, "question": "Wat gebeurde er?"}],
        by_id=0,
    )
    session().add(method)
    session().flush()
    return method.code


def _record_import(visitor: Visitor) -> int:
    """A list that was sent at the school of the visitor, with a row that is wrong."""
    school_id = found_by(OWN_SCHOOL)(visitor)
    actor = Actor(visitor.person_id, "", frozenset({Role.IB}), frozenset({school_id}))
    table = Table(("Naam", "Onderwerp", "Soort"), (Row(2, ("Niemand", "Spelling", "ambitie")),), "csv")
    return start_import(actor, school_id, "lijst.csv", table)


OWN_SCHOOL = """
    SELECT min(school_id) FROM assignment WHERE person_id = :person AND role IN ('ib', 'leader')
    AND since <= current_date AND (until IS NULL OR until >= current_date)"""
OPEN_ROUND = """
    SELECT r.id FROM matching_round r WHERE NOT EXISTS (SELECT FROM publication p WHERE p.round_id = r.id)
    ORDER BY r.starts_on DESC LIMIT 1"""
OWN_MATCH = "coachee_id = :person OR coach_id = :person"
SEES_ALL = "SELECT FROM assignment WHERE person_id = :person AND role = 'coordinator'"
WITH_ROLE = "SELECT person_id FROM assignment WHERE role = '{}' AND until IS NULL ORDER BY id LIMIT 1"
INVITED = """
    SELECT i.person_id FROM invitation i JOIN assignment a USING (tenant_id, person_id)
    WHERE i.accepted_at IS NULL AND i.withdrawn_at IS NULL ORDER BY i.person_id LIMIT 1"""

OWN_TRAJECTORY = f"""
    SELECT max(t.id) FROM trajectory t WHERE (({OWN_MATCH}) OR EXISTS ({SEES_ALL}))
    AND NOT EXISTS (SELECT FROM closure c WHERE c.trajectory_id = t.id)"""
OWN_TALK = f"""
    SELECT max(t.id) FROM talk t JOIN appointment a ON a.id = t.appointment_id
    WHERE t.trajectory_id = ({OWN_TRAJECTORY}) AND a.starts_at > now()"""
PUBLISHED_ROUND = "SELECT max(round_id) FROM publication"
KNOWN_SEASON = "SELECT max(season_id) FROM season_publication"
OWN_GROUP = f"""
    SELECT max(g.id) FROM intervision_group g WHERE g.season_id = ({KNOWN_SEASON}) AND g.ended_at IS NULL
    AND (EXISTS ({SEES_ALL}) OR EXISTS (
        SELECT FROM group_member m WHERE m.group_id = g.id AND m.person_id = :person AND m.left_at IS NULL))"""
OWN_SESSION = f"""
    SELECT min(s.id) FROM intervision_session s JOIN appointment a ON a.id = s.appointment_id
    WHERE s.season_id = ({KNOWN_SEASON}) AND a.starts_at > now() AND a.cancelled_at IS NULL AND (
        EXISTS ({SEES_ALL}) OR EXISTS (SELECT FROM booking b
        WHERE b.session_id = s.id AND b.person_id = :person AND b.state = 'booked' AND NOT b.is_guest))"""
IN_GROUP = f"SELECT min(person_id) FROM group_member WHERE group_id = ({OWN_GROUP}) AND left_at IS NULL"


def _attempt(visitor: Visitor) -> int:
    """What another line of fairness would do to the open round."""
    round_id = found_by(OPEN_ROUND)(visitor)
    proposal = latest_proposal(round_id)
    if proposal is None:
        raise NoExample("a proposal of the open round")
    change = Change(Loosened.LINE, 500)
    work = LongWork(kind=TRIAL, subject_id=round_id, person_id=0, state="done", ended_at=now())
    session().add(work)
    session().flush()
    effect = effect_of(trial_of(round_with(round_id), proposal, change))
    attempt = Attempt(
        proposal_id=proposal.id, work_id=work.id, rule=change.rule, number=change.number, subject_id=0,
        effect=asdict(effect),
    )  # fmt: skip
    session().add(attempt)
    session().flush()
    return attempt.id


def _formed_season(visitor: Visitor) -> int:
    """The season, with the calculation of its groups done: in the demo they were formed without one."""
    season_id = found_by(KNOWN_SEASON)(visitor)
    session().add(LongWork(kind=FORMING, subject_id=season_id, person_id=0, state="done", ended_at=now()))
    session().flush()
    return season_id


def _goal_of_intention(visitor: Visitor) -> int:
    """A goal, made of an intention, once for all its pages: in the demo nobody did."""
    mine = select(Intention.goal_id).where(Intention.person_id == visitor.person_id)
    if made := session().scalar(mine.where(Intention.goal_id.is_not(None))):
        return made
    intention_id = found_by("SELECT min(id) FROM intention WHERE person_id = :person")(visitor)
    goal = Goal(owner_id=visitor.person_id)
    session().add(goal)
    session().flush()
    session().add(
        Wording(goal_id=goal.id, by_id=visitor.person_id, **dict.fromkeys(TEXTS, "Twee gesprekken per week"))
    )
    session().execute(update(Intention).where(Intention.id == intention_id).values(goal_id=goal.id))
    return goal.id


EXAMPLES: dict[str, Example] = {
    "domain_id": found_by("SELECT min(id) FROM expertise_domain WHERE retired_at IS NULL"),
    "record_id": found_by("SELECT min(id) FROM expertise_record WHERE person_id = :person"),
    "agenda.token": _feed,
    "attempt_id": _attempt,
    "appointment_id": found_by(f"SELECT appointment_id FROM talk WHERE id = ({OWN_TALK})"),
    "intervision.show_division.season_id": _formed_season,
    "intervision.show_poll.session_id": found_by(
        f"""SELECT max(p.session_id) FROM poll p JOIN intervision_session s ON s.id = p.session_id
        WHERE s.season_id = ({KNOWN_SEASON}) AND (EXISTS ({SEES_ALL}) OR s.group_id = ({OWN_GROUP}))"""
    ),
    "intervision.goal_id": _goal_of_intention,
    "expertise.edit_needs.school_id": found_by(
        "SELECT min(school_id) FROM assignment WHERE person_id = :person AND role = 'leader'"
    ),
    "item_id": found_by("SELECT min(id) FROM expertise_item WHERE retired_at IS NULL"),
    "other_item_id": found_by("SELECT max(id) FROM expertise_item WHERE retired_at IS NULL"),
    "expertise.import_id": _record_import,
    "goal_id": found_by(f"SELECT max(goal_id) FROM trajectory_goal WHERE trajectory_id = ({OWN_TRAJECTORY})"),
    "method_code": lambda _visitor: "ten_steps",
    "intervision.edit_method.method_code": _own_method,
    "note_id": found_by(
        f"""SELECT max(n.id) FROM note n JOIN trajectory t ON t.id = n.trajectory_id
        WHERE n.trajectory_id = ({OWN_TRAJECTORY}) AND n.side = CASE WHEN t.coachee_id = :person THEN 1 ELSE 2 END"""
    ),
    "published_id": found_by(PUBLISHED_ROUND),
    "session_id": found_by(OWN_SESSION),
    "talk_id": found_by(OWN_TALK),
    "theme_id": _theme,
    "trajectory_id": found_by(OWN_TRAJECTORY),
    "board_id": found_by(
        "SELECT board_id FROM school GROUP BY board_id ORDER BY count(*) DESC, board_id LIMIT 1"
    ),
    "coaching.show_own_request.round_id": found_by(
        "SELECT round_id FROM match WHERE coachee_id = :person ORDER BY round_id DESC LIMIT 1"
    ),
    "coaching.coach_id": found_by(
        "SELECT coach_id FROM proposed_pair WHERE coach_id IS NOT NULL ORDER BY proposal_id DESC, request_id LIMIT 1"
    ),
    "group_id": found_by(OWN_GROUP),
    "season_id": found_by(KNOWN_SEASON),
    "intervision.person_id": found_by(
        "SELECT person_id FROM participation WHERE takes_part ORDER BY season_id DESC, id LIMIT 1"
    ),
    "intervision.show_leaving.person_id": found_by(IN_GROUP),
    "intervision.show_replacing.person_id": found_by(IN_GROUP),
    "coaching.person_id": found_by(WITH_ROLE.format("coach")),
    "coaching.edit_request_for.person_id": found_by(WITH_ROLE.format("ib")),
    "demo.mail_id": _mail,
    "demo.number": lambda _visitor: 1,
    "edition_id": found_by("SELECT max(id) FROM register_edition"),
    "filename": lambda _visitor: "app.js",
    "identity.token": _reset_link,
    "import_id": found_by("SELECT max(id) FROM people_import WHERE applied_at IS NULL"),
    "organisation.new_import_undo.import_id": found_by(
        "SELECT max(id) FROM people_import WHERE effects IS NOT NULL"
    ),
    "consultation_id": found_by(
        "SELECT coalesce((SELECT max(id) FROM consultation WHERE asker_id = :person),"
        " (SELECT max(consultation_id) FROM asked_colleague WHERE person_id = :person))"
    ),
    "expertise.person_id": found_by(
        "SELECT max(person_id) FROM expertise_record WHERE visibility = 'network' AND person_id <> :person"
    ),
    "intention_id": found_by("SELECT max(id) FROM intention WHERE person_id = :person AND goal_id IS NULL"),
    "invitation.token": _invitation,
    "language": lambda _visitor: "en",
    "mailing_id": found_by("SELECT max(id) FROM mailing"),
    "match_id": found_by(
        f"SELECT max(id) FROM match WHERE ended_at IS NULL AND ({OWN_MATCH} OR EXISTS ({SEES_ALL}))"
    ),
    "organisation.person_id": found_by(INVITED),
    "organisation.role_id": found_by(
        f"SELECT id FROM assignment WHERE person_id = ({INVITED}) AND until IS NULL LIMIT 1"
    ),
    "request_id": found_by(
        "SELECT request_id FROM proposed_pair WHERE coach_id IS NOT NULL ORDER BY proposal_id DESC, request_id LIMIT 1"
    ),
    "round_id": found_by(OPEN_ROUND),
    "expertise.school_id": found_by(OWN_SCHOOL),
    "expertise.show_school_names.school_id": found_by(
        f"SELECT coalesce(({OWN_SCHOOL}), (SELECT min(id) FROM school))"
    ),
    "school_id": found_by(
        "SELECT coalesce((SELECT min(school_id) FROM assignment WHERE person_id = :person), (SELECT min(id) FROM school))"
    ),
}
"""By `endpoint.parameter` or `room.parameter` where that needs an example of its own, otherwise by `parameter`."""

NARROWED: dict[str, tuple[str, ...]] = {
    "coaching.index_coaches": ("q=jan", "show=missing"),
    "coaching.index_requests": ("q=jan", "show=missing"),
    "coaching.show_proposal": ("q=jan", "status=low&sort=high", "after=20"),
    "expertise.index_colleagues": (
        "q=dyslexie",
        "q=taal&afstand=10&niveau=3",
        "q=dislexie",
        "q=verzonnen+academie&halfdag=2",
    ),
    "expertise.show_attention": ("lijst=gaten", "lijst=een", "lijst=vertrek", "lijst=maak"),
    "expertise.show_item_names": ("sinds=2024", "soort=bo"),
    "expertise.show_map": (
        "domein={domain_id}",
        "q=de&soort=bo",
        "sinds=2024",
        "after=25",
        "domein={domain_id}&soort=bo&after=25",
    ),
    "expertise.show_map_file": ("domein={domain_id}",),
    "expertise.show_own": ("q=dislexie",),
    "expertise.new_item_merge": ("met={other_item_id}",),
    "expertise.show_region": ("gebied=mijn-school", "volgorde=aantal", "keuze=onderwerp-{item_id}"),
    "expertise.show_school_names": ("domein={domain_id}", "onderwerp={item_id}"),
    "expertise.show_team_matrix": ("domein={domain_id}",),
    "intervision.show_own": ("aantal=100",),
    "intervision.index_answers": ("q=jan", "show=missing"),
    "intervision.show_groups": ("q=jan",),
    "organisation.index_people": ("q=jan", "rol=ib", "toegang=not_invited"),
    "organisation.index_invitations": ("q=jan", "rol=ib", "toegang=access"),
    "organisation.index_schools": ("q=de", "soort=bo"),
    "organisation.show_import": ("stand=new&after=50",),
}
"""What people fill in above a list; `{parameter}` stands for its example."""

REDIRECTS = {
    "expertise.index_teams",
    "intervision.show_run_state",
    "coaching.show_calculation",
    "coaching.show_current_round",
    "coaching.edit_goal",
    "coaching.edit_evaluation",
    "identity.show_start",
    "intervision.show_division",
    "organisation.show_import_progress",
    "web.choose_language",
}
"""Pages that only send on."""


NOT_FOR: dict[str, frozenset[Role]] = {"coaching.show_release_preview": frozenset({Role.COACH})}
"""Pages that a role may ask for, and whose examples are never hers: what is released is the coachee's alone."""


def filled_in(narrowed: str, visitor: Visitor) -> str:
    """A query string of `NARROWED` in which `{parameter}` became an example from the visitor's network."""
    return re.sub(r"{(\w+)}", lambda named: str(EXAMPLES[named[1]](visitor)), narrowed)


def example_of(rule: Rule, parameter: str) -> Example:
    """The example of a rule's parameter. Raises NoExample when nobody said which."""
    room = rule.endpoint.split(".")[0]
    for name in (f"{rule.endpoint}.{parameter}", f"{room}.{parameter}", parameter):
        if name in EXAMPLES:
            return EXAMPLES[name]
    raise NoExample(f"{rule.rule}: say in tests/benchmarks/examples.py what <{parameter}> is")
