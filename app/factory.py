"""Puts the house together: rooms, doors, error pages, jobs. Only here does one room meet another's doors."""

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import structlog
from flask import g, request, url_for
from flask_babel import Babel
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from procrastinate import App as Queue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.middleware.proxy_fix import ProxyFix

from app.agenda import jobs as agenda_jobs
from app.agenda import views as agenda
from app.agenda.kinds import CALENDAR_TITLES, KINDS
from app.coaching import jobs as coaching_jobs
from app.coaching import views as coaching
from app.demo import views as demo
from app.expertise import jobs as expertise_jobs
from app.expertise import views as expertise
from app.goals import views as goals
from app.health.probe import Probe
from app.health.views import health_blueprint
from app.home import views as home
from app.identity import jobs as identity_jobs
from app.identity import views as identity
from app.identity.queries import SessionLimits, SignedIn, signed_in
from app.identity.services import note_seen
from app.intervision import jobs as intervision_jobs
from app.intervision import views as intervision
from app.jobs.queue import Handler
from app.jobs.worker import build_worker, network_opener
from app.kernel.actor import Actor
from app.kernel.mail import CountedPostbox, Postbox, open_postbox
from app.kernel.tables import LIMITS
from app.organisation import jobs as organisation_jobs
from app.organisation import views as organisation
from app.pipeline import Application, SignInNeeded, Suspended
from app.platform import views as platform
from app.web import views as web
from app.web.errors import error_page, register_error_pages, unavailable_page
from app.web.forms import RequestInMemory
from app.web.guard import access_to, check_declarations, public
from app.web.headers import set_headers
from app.web.journal import keep_journal
from app.web.language import (
    choose_language,
    current_language,
    other_languages,
    register_formats,
    register_words,
)
from app.web.links import RowId
from app.web.navigation import brand_of, menu_for, signed_in_name
from config.logging import configure_logging
from config.settings import ROOT, Settings, read_settings
from tenants.session import Database, open_engine

ROOMS = (home, organisation, agenda, expertise, goals, coaching, intervision)
"""Rooms under `/<network>/`, each with its blueprint, its menu items and its words for conflicts."""

POOL_SIZE = 10
"""Connections of a web process: a sign-in that fails counts on a second one, so two for each thread and some."""
MAX_BODY_BYTES = 1024 * 1024
MAX_BODY_WITH_FILE_BYTES = LIMITS.file_bytes + MAX_BODY_BYTES
"""A file that is a little too large still reaches its form, which says so at the field."""


def create_app(settings: Settings | None = None) -> Application:
    """The web application. Raises SettingsError, or UndeclaredEndpoint when a view does not say who may."""
    settings = settings or read_settings()
    configure_logging(settings.log_level)
    app = Application("app.web", root_path=str(ROOT / "app" / "web"))
    app.config.update(_flask_settings(settings))
    app.settings = settings
    app.master_key = settings.master_key
    app.database = Database(open_engine(settings.database_url, pool_size=POOL_SIZE))
    app.postbox = CountedPostbox(open_postbox(settings, app.database))
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)
    app.request_class = RequestInMemory
    keep_journal(app, app.database.engine, behind_proxy=settings.proxy_hops > 0)
    _let_files_in(app)
    CSRFProtect(app)
    Babel(app, locale_selector=choose_language)
    _mount(app)
    _recognise_people(app, SessionLimits.of(settings))
    _equip_templates(app)
    set_headers(app, is_https=settings.is_https)
    check_declarations(app)
    return app


def create_queue(app: Application) -> Queue:
    """The worker's side of the same house."""
    return build_worker(
        app,
        handlers(app.settings, app.database, app.postbox),
        app.settings.database_url,
        network_opener(app.database, app.master_key),
    )


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """Who does which job."""
    return [
        *identity_jobs.handlers(settings, database, postbox),
        *organisation_jobs.handlers(settings, database, postbox),
        *agenda_jobs.handlers(settings, database),
        *expertise_jobs.handlers(settings, database, postbox),
        *coaching_jobs.handlers(settings, database, postbox),
        *intervision_jobs.handlers(settings, database, postbox),
    ]


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.older_secret_keys),
        "TRUSTED_HOSTS": [settings.host.split(":")[0]],
        "MAX_CONTENT_LENGTH": MAX_BODY_BYTES,
        "SESSION_COOKIE_NAME": "__Host-vreemdeogen" if settings.is_https else "vreemdeogen",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_LIMITS": SessionLimits.of(settings),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_absolute_hours),
        "WTF_CSRF_TIME_LIMIT": settings.session_absolute_hours * 3600,
        "BABEL_DEFAULT_LOCALE": "nl",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Amsterdam",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
    }


def _let_files_in(app: Application) -> None:
    """Raise the limit of the body where an endpoint takes a file, before anything reads the form."""

    @app.before_request
    def raise_limit() -> None:
        if request.endpoint and access_to(app, request.endpoint).takes_file:
            request.max_content_length = MAX_BODY_WITH_FILE_BYTES


def _mount(app: Application) -> None:
    app.url_map.converters["int"] = RowId
    app.view_functions["static"] = public()(app.view_functions["static"])
    for blueprint in (
        web.blueprint,
        identity.blueprint,
        organisation.invitation_blueprint,
        platform.blueprint,
    ):
        app.register_blueprint(blueprint)
    app.register_blueprint(health_blueprint(Probe(app.settings.database_url), app.settings.metrics_token))
    if app.settings.demo:
        app.register_blueprint(demo.blueprint)
    for room in ROOMS:
        app.register_blueprint(room.blueprint, url_prefix="/<network>")
    app.menu = [item for room in ROOMS for item in room.MENU]
    app.conflicts = {name: words for room in ROOMS for name, words in room.CONFLICTS.items()}
    app.extensions[KINDS] = {**coaching.APPOINTMENTS, **intervision.APPOINTMENTS}
    app.extensions[CALENDAR_TITLES] = intervision.CALENDAR_TITLES
    register_error_pages(app)
    app.register_error_handler(SignInNeeded, lambda _error: identity.ask_sign_in())
    for away in (OperationalError, psycopg.OperationalError, PoolTimeout):
        app.register_error_handler(away, unavailable_page)
    app.register_error_handler(Suspended, lambda _error: error_page(403, str(identity.SUSPENDED)))

    @app.url_defaults
    def stay_in_network(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "network") and "network" in g:
            values.setdefault("network", g.network.slug)


def _recognise_people(app: Application, limits: SessionLimits) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader
    def load(token: str) -> SignedIn | None:
        if "database_is_away" in g:
            return None
        slug = (request.view_args or {}).get("network")
        with app.database.global_unit(read_only=True):
            user = signed_in(token, slug, limits)
        if user and not user.was_seen_lately:
            with app.database.global_unit():
                note_seen(user.sign_in_id)
        if user:
            structlog.contextvars.bind_contextvars(identity=user.identity_id)
        return user


def _equip_templates(app: Application) -> None:
    app.jinja_env.undefined = StrictUndefined
    register_formats(app)
    register_words(app)
    app.jinja_env.globals["asset"] = _asset

    @app.context_processor
    def everywhere() -> dict[str, Any]:
        actor: Actor | None = g.get("actor")
        return {
            "demo": app.settings.demo,
            "network": brand_of(g.network) if actor else None,
            "actor": actor,
            "user": signed_in_name(actor),
            "navigation": menu_for(actor, app.menu) if actor else [],
            "can": actor.may if actor else lambda _permission: False,
            "language": current_language(),
            "language_links": other_languages(),
            "logout_url": url_for("identity.destroy_sign_in") if current_user.is_authenticated else None,
        }


@cache
def _asset(filename: str) -> str:
    """The URL of a file of ours, with its digest, so that browsers may keep it for ever."""
    content = (Path(__file__).parent / "web" / "static" / filename).read_bytes()
    return url_for("static", filename=filename, v=hashlib.sha256(content).hexdigest()[:12])
