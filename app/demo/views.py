"""Pages that only the demo has: sign in with one click, and the mails that were not sent."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.demo import services
from app.demo.doors import Door, doors
from app.demo.plan import SHARED_COACH
from app.demo.queries import mail_with, mails
from app.identity.views import browser_name, remember
from app.kernel.permissions import Role
from app.web.guard import Reach, public

TRY = {
    Role.COORDINATOR: (_l("Network coordinator"), _l("Calculates and publishes the pairs"), "users"),
    Role.IB: (_l("IB'er"), _l("Asks for coaching, and finds the coach"), "user"),
    Role.COACH: (_l("Coach"), _l("Fills in a profile, sees the coachees"), "heart-handshake"),
    Role.LEADER: (_l("School leader"), _l("Sees the school and its team"), "school"),
    Role.TEACHER: (_l("Teacher"), _l("Sees colleagues and schools"), "graduation-cap"),
    Role.BILLING: (_l("Financial contact"), _l("Sees the network, not the coaching"), "credit-card"),
}
"""What a role is called, what a newcomer can try as one, and its drawing."""

blueprint = Blueprint("demo", __name__, template_folder="templates", url_prefix="/demo")


@blueprint.get("/")
@public()
def show_doors() -> ResponseReturnValue:
    """Be somebody else, also while signed in."""
    return render_template("demo/doors.html")


@blueprint.post("/inloggen")
@public(Reach.IDENTITIES)
def create_sign_in() -> ResponseReturnValue:
    """Be somebody of the demo."""
    remember(services.enter(request.form.get("address", ""), browser_name()))
    return redirect(url_for("identity.show_start"))


@blueprint.get("/mail")
@public(Reach.IDENTITIES)
def index_mails() -> ResponseReturnValue:
    """The mails that a real installation would have sent, the newest first."""
    return render_template("demo/mails.html", page=mails(request.args.get("before", type=int)))


@blueprint.get("/mail/<int:mail_id>")
@public(Reach.IDENTITIES)
def show_mail(mail_id: int) -> ResponseReturnValue:
    """One mail."""
    return render_template("demo/mail.html", mail=mail_with(mail_id))


@blueprint.app_context_processor
def doors_for_templates() -> dict[str, Any]:
    """What the sign-in page shows beside its form: a function, so that only that page pays for it."""
    return {"demo_doors": _doors}


def _doors() -> list[dict[str, Any]]:
    networks = [
        {
            "name": of_network.network.name,
            "text": _(
                "%(schools)s schools of %(boards)s boards",
                schools=of_network.network.school_count,
                boards=of_network.network.board_count,
            ),
            "roles": [_button(door) for door in of_network.doors],
        }
        for of_network in doors()
    ]
    return [*networks, {"name": _("In two networks"), "roles": [_shared_coach()]}]


def _button(door: Door) -> dict[str, Any]:
    label, text, icon = TRY[door.role]
    return {
        "label": label,
        "person": f"{door.name}, {door.school}" if door.school else door.name,
        "text": text,
        "icon": icon,
        "url": url_for("demo.create_sign_in"),
        "fields": {"address": door.address},
    }


def _shared_coach() -> dict[str, Any]:
    return {
        "label": _("Coach"),
        "person": SHARED_COACH.name,
        "text": _("Chooses a network after signing in"),
        "icon": "heart-handshake",
        "url": url_for("demo.create_sign_in"),
        "fields": {"address": SHARED_COACH.email},
    }
