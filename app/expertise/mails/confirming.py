"""The mail that asks now and then whether what somebody said of herself still holds."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.queries.confirming import request_that_stands
from app.organisation.mails import Letter


def ask_to_confirm(network_url: str, *, request_id: int) -> Letter | None:
    """Ask to look once more; nothing when she did so already, or removed it."""
    request = request_that_stands(request_id)
    if request is None:
        return None
    count = ngettext(
        "%(num)s thing on your page has not been looked at for a long time.",
        "%(num)s things on your page have not been looked at for a long time.",
        request.count,
    )
    text = _(
        "Hello %(name)s,\n\n%(count)s Does it still hold? On one screen you say so, usually with one press:\n%(link)s\n\n"
        "Until then it stays as it is; colleagues see that it has not been confirmed for some time.",
        name=request.person.first_name,
        count=count,
        link=f"{network_url}/expertise/bevestiging",
    )
    return Letter(request.person, _("Does your expertise still hold?"), text)
