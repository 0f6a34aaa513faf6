"""Pages that only the demo has: sign in with one click, and the mails that were not sent."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.demo import services
from app.demo.doors import Door, doors_of, networks_like
from app.demo.names import OPERATOR_ADDRESS
from app.demo.plan import SHARED_COACH, demo_codes
from app.demo.queries import attachment_of, mail_with, mails
from app.identity.views import browser_name, remember
from app.kernel.permissions import Role
from app.organisation.register import RegisteredNetwork
from app.web.guard import Reach, public

TRY = {
    Role.COORDINATOR: (_l("Network coordinator"), _l("Calculates and publishes the pairs"), "users"),
    Role.IB: (_l("IB'er"), _l("Asks for coaching, and finds the coach"), "user"),
    Role.COACH: (_l("Coach"), _l("Fills in a profile, sees the coachees"), "heart-handshake"),
    Role.LEADER: (_l("School leader"), _l("Sees the school and its team"), "school"),
    Role.TEACHER: (_l("Teacher"), _l("Sees colleagues and schools"), "graduation-cap"),
    Role.BILLING: (_l("Billing contact"), _l("Sees the network, not the coaching"), "credit-card"),
}
"""What a role is called, what a newcomer can try as one, and its drawing."""

MOST_SHOWN = 3
"""Of more networks than these the names are listed, and searched."""

blueprint = Blueprint("demo", __name__, template_folder="templates", url_prefix="/demo")


@blueprint.get("/")
@public()
def show_doors() -> ResponseReturnValue:
    """Be somebody else, also while signed in."""
    return render_template("demo/doors.html", doors=_doors(request.args.get("q", "").strip()))


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


@blueprint.get("/mail/<int:mail_id>/bijlagen/<int:number>")
@public(Reach.IDENTITIES)
def show_attachment(mail_id: int, number: int) -> ResponseReturnValue:
    """A file that goes with a mail, by its place among them from 1 on."""
    file = attachment_of(mail_id, number)
    answer = Response(file["content"], mimetype=f"text/{file['subtype']}")
    answer.headers.set("Content-Disposition", "attachment", filename=file["filename"])
    return answer


@blueprint.app_context_processor
def doors_for_templates() -> dict[str, Any]:
    """What the sign-in page shows beside its form: a function, so that only that page pays for it."""
    return {"demo_doors": _doors}


def _doors(words: str = "") -> dict[str, Any]:
    """The doors of the networks that fit the words; of many networks only their names, and three to begin with."""
    codes = current_app.settings.demo_networks or demo_codes()  # type: ignore[attr-defined]  # our own Application
    found = networks_like(codes, words)
    listed = found if len(found) > MOST_SHOWN else []
    shown = (demo_codes() if not words else ()) if listed else [network.code for network in found]
    networks = [_network(code) for code in shown if code in codes]
    if not words:
        networks.append({"name": _("In two networks"), "roles": [_shared_coach()]})
        networks.append({"name": _("Of no network"), "roles": [_operator()]})
    return {
        "words": words,
        "is_searchable": len(codes) > MOST_SHOWN,
        "networks": networks,
        "listed": [_listed(network) for network in listed],
    }


def _network(code: str) -> dict[str, Any]:
    of_network = doors_of(code)
    return {
        "name": of_network.network.name,
        "text": _size(of_network.network),
        "roles": [_button(door) for door in of_network.doors],
    }


def _listed(network: RegisteredNetwork) -> dict[str, str]:
    return {
        "name": network.name,
        "text": f"{network.code} · {_size(network)}",
        "url": url_for("demo.show_doors", q=network.code),
    }


def _size(network: RegisteredNetwork) -> str:
    return _(
        "%(schools)s schools of %(boards)s boards", schools=network.school_count, boards=network.board_count
    )


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


def _operator() -> dict[str, Any]:
    return {
        "label": _("Platform operator"),
        "person": OPERATOR_ADDRESS,
        "text": _("Brings the national register up to date"),
        "icon": "settings",
        "url": url_for("demo.create_sign_in"),
        "fields": {"address": OPERATOR_ADDRESS},
    }
