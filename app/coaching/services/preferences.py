"""With whom somebody would rather, or rather not, be matched: no reason is asked."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import delete

from app.coaching.models import Preference
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids
from tenants.session import session


def replace_preferences(
    person_id: int, *, as_coach: bool, wanted: Iterable[int], unwanted: Iterable[int]
) -> None:
    """Keep these people as somebody's preferences on that side, and no others.

    Raises Invalid for somebody who is not on the other side: a coach names IB'ers, an IB'er names coaches.
    """
    others = holder_ids(Role.IB if as_coach else Role.COACH) - {person_id}
    for field, named in (("wanted", wanted), ("unwanted", unwanted)):
        if not others.issuperset(named):
            raise Invalid({field: [_("Choose somebody from the list.")]})
    mine = (Preference.person_id == person_id) & Preference.as_coach.is_(as_coach)
    session().execute(delete(Preference).where(mine))
    chosen = dict.fromkeys(wanted, True) | dict.fromkeys(unwanted, False)
    session().add_all(
        Preference(person_id=person_id, other_id=other, as_coach=as_coach, wanted=want)
        for other, want in chosen.items()
    )
