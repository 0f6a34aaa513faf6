"""What to say when the database keeps one of this room's rules. Nothing comes in: forms here are buttons."""

from flask_babel import lazy_gettext as _l

from app.agenda.services.appointments import CLASH, ONE_AT_A_TIME

CONFLICTS = {
    ONE_AT_A_TIME: CLASH,
    "uq_calendar_feed_tenant_id_person_id": _l("The link was made from another window just now."),
}
