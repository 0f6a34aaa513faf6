"""People with their logins, roles and invitations."""

from datetime import date, timedelta

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_once

from app.demo.seed.seeding import IN_ONE_GO, Seeding
from app.identity.models import Login, Membership
from app.identity.secrets import digest, new_token
from app.kernel.clock import now, school_year, today
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Invitation, Person, School
from tenants.context import current_network_id
from tenants.session import separately, session

NO_PASSWORD = "!"  # noqa: S105 - no password has this hash
INVITED_DAYS_AGO, INVITATION_DAYS = 2, 7


def add_people(seeding: Seeding) -> None:
    """Everybody of the plan, and who can sign in as a member of the network."""
    logins = _add_logins(sorted(person.who.email for person in seeding.plan.people if person.has_login))
    rows = [
        {
            "first_name": person.who.first_name,
            "infix": person.who.infix,
            "last_name": person.who.last_name,
            "email": person.who.email,
            "identity_id": logins.get(person.who.email),
        }
        for person in seeding.plan.people
    ]
    added = session().execute(
        insert(Person).returning(Person.email, Person.id), rows, execution_options=IN_ONE_GO
    )
    seeding.people.update({email: person_id for email, person_id in added if email})


def _add_logins(addresses: list[str]) -> dict[str, int]:
    """The logins of these addresses, each a member of the network; one for all her networks, without a password.

    They are committed first, and always in the same order: networks that are made at the same moment share people,
    and neither has to wait for the other.
    """
    rows = [{"email": email, "password_hash": NO_PASSWORD} for email in addresses]
    with separately() as unit:
        unit.execute(insert_once(Login).on_conflict_do_nothing(), rows)
    found = session().execute(select(Login.email, Login.id).where(Login.email.in_(addresses)))
    logins = dict(found.all())
    network_id = current_network_id()
    session().execute(
        insert(Membership),
        [{"identity_id": login_id, "network_id": network_id} for login_id in logins.values()],
    )
    return logins


def add_assignments(seeding: Seeding) -> None:
    """The roles of everybody, from the school year in which she came."""
    schools = dict(session().execute(select(School.code, School.id)).all())
    first_day = date(school_year(today()), 8, 1)
    session().execute(
        insert(Assignment),
        [
            {
                "person_id": seeding.people[person.who.email],
                "role": role,
                "school_id": schools[school] if school else None,
                "since": first_day.replace(year=first_day.year - person.years),
            }
            for person in seeding.plan.people
            for role, school in person.roles
        ],
        execution_options=IN_ONE_GO,
    )


def add_invitations(seeding: Seeding) -> None:
    """Mails that were sent a few days ago and not answered yet."""
    coordinator = next(person for person in seeding.plan.people if person.has(Role.COORDINATOR))
    sent_at = now() - timedelta(days=INVITED_DAYS_AGO)
    rows = [
        {
            "person_id": seeding.people[person.who.email],
            "email": person.who.email,
            "token_hash": digest(new_token()),
            "by_id": seeding.people[coordinator.who.email],
            "created_at": sent_at,
            "sent_at": sent_at,
            "expires_at": sent_at + timedelta(days=INVITATION_DAYS),
        }
        for person in seeding.plan.people
        if person.is_invited
    ]
    if rows:
        session().execute(insert(Invitation), rows)


STEPS = (add_people, add_assignments, add_invitations)
