"""Make the feed of somebody's own calendar, make another, or revoke it."""

from sqlalchemy import delete

from app.agenda.models import CalendarFeed
from app.agenda.policy import SEE_AGENDA
from app.agenda.queries import feed_of
from app.identity.secrets import digest, new_token
from app.kernel.actor import Actor
from app.kernel.audit import record
from tenants.session import session


def make_feed(actor: Actor) -> str:
    """Give the actor a feed, in the place of the one she may have; gives its token, this once."""
    actor.require(SEE_AGENDA)
    session().execute(delete(CalendarFeed).where(CalendarFeed.person_id == actor.person_id))
    token = new_token()
    feed = CalendarFeed(person_id=actor.person_id, token_hash=digest(token))
    session().add(feed)
    session().flush()
    record(actor, "make calendar feed", "calendar_feed", feed.id)
    return token


def revoke_feed(actor: Actor) -> None:
    """Take the feed away: from now on its address does not exist."""
    actor.require(SEE_AGENDA)
    feed = feed_of(actor.person_id)
    if feed is not None:
        record(actor, "revoke calendar feed", "calendar_feed", feed.id)
        session().delete(feed)
