"""Every page, for everybody who may see it, in both languages, on a desk and on a phone.

Generated from `app.url_map` with the registry of the walls. A page is asked for by each member of the cast; the
browser opens each that is built in another way than one it has seen in that language, and listens for what fails.
Axe looks at what is built anew: other words alone are nothing new to it.
"""

import re

import pytest

from app.factory import create_app
from app.web.guard import access_to
from app.web.language import LANGUAGES
from tests.conftest import settings_for
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, axe_findings, sideways
from tests.walls.resources import make_for, parameters
from tests.world import PEOPLE

ROLES_OF = {key: {role for role, _school in roles} for key, _first, _last, roles in PEOPLE}
DOWNLOADS = {
    "agenda.show_calendar_file",
    "agenda.show_feed",
    "demo.show_attachment",
    "expertise.show_map_file",
    "expertise.show_own_file",
    "expertise.show_record_import_example",
    "expertise.show_team_list",
    "expertise.show_wrong_records",
    "intervision.show_calendar_of_group",
    "intervision.show_earlier_groups_example",
    "organisation.show_import_example",
    "organisation.show_wrong_rows",
}
NO_PAGES = {"static", "health.show_life", "health.show_readiness", "web.choose_language"} | DOWNLOADS
NOT_HERS = {403, 404}
"""A row that she may not know of, or know of and not see inside: the declaration alone does not tell."""
CHANGING = re.compile(r'name="csrf_token" value="[^"]+"|X-CSRFToken[^}]+|\?v=[0-9a-f]+')

WORDS = re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=<)")
VALUES = re.compile(r'(?<= )(href|action|value|title|aria-label|placeholder|alt|lang)="[^"]+"')
"""What may differ between two pages without a difference to axe, as long as there is something at all."""


def _pages():
    rules = create_app(settings_for("nowhere")).url_map.iter_rules()
    return [
        pytest.param(rule, id=rule.rule)
        for rule in rules
        if "GET" in rule.methods and rule.endpoint not in NO_PAGES
    ]


@pytest.fixture(scope="session")
def seen():
    """How the parts of pages were built that the browser has looked at; and the same with the language."""
    return set()


@pytest.fixture(scope="session")
def tabs(live, open_visit):
    """A tab for each member and language, kept for the whole run; and a plain client with the same session."""
    kept = {}

    def tab_of(who, language):
        if (who, language) not in kept:
            cookie = live.cookie_for(live.cast[who] if who else None, language)
            client = live.app.test_client()
            client.set_cookie(live.app.config["SESSION_COOKIE_NAME"], cookie, domain="127.0.0.1")
            kept[who, language] = client, open_visit(cookie)
        return kept[who, language]

    return tab_of


def those_who_may(app, rule):
    """Members of the cast whom the declaration lets in; nobody stands for who is not signed in."""
    access = access_to(app, rule.endpoint)
    if access.for_operators:
        return ["operator"]
    if access.permission is None:
        return ["coordinator"] if access.signed_in else [None, "coordinator"]
    return [who for who, roles in ROLES_OF.items() if access.permission.roles & roles]


def builds_of(html, rule):
    """How this page is built, whatever its words: its main part on this route, and its header anywhere."""
    plain = CHANGING.sub("", html)
    main, header = (re.search(rf"<{tag}.*?</{tag}>", plain, re.DOTALL) for tag in ("main", "header"))
    parts = {f"{rule.rule} {main.group() if main else plain}", header.group() if header else ""}
    return {VALUES.sub(r"\1", WORDS.sub("words", part)) for part in parts}


def faults_of(visit, url, *, with_axe):
    """What is wrong with a page at each of the widths."""
    page, found = visit.page, []
    visit.faults.clear()
    page.set_viewport_size({"width": DESK, "height": 900})
    answer = page.goto(url)
    if answer.status != 200:
        found.append(f"status {answer.status}")
    for width in (DESK, PHONE, SMALL_PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {fault}" for fault in sideways(page)]
        if with_axe and width != SMALL_PHONE:
            found += [f"at {width}: {fault}" for fault in axe_findings(page)]
    return found + visit.faults


@pytest.mark.parametrize("rule", _pages())
def test_page(live, place, tabs, seen, rule):
    made = make_for(live.app.database, rule, place)
    values = {name: made[name] for name in parameters(rule)} | {"network": place.network.slug}
    url = rule.build({name: values[name] for name in rule.arguments})[1]
    shown, faults = 0, []
    for who in those_who_may(live.app, rule):
        for language in LANGUAGES:
            client, visit = tabs(who, language)
            answer = client.get(url, base_url=live.url, follow_redirects=True)
            if answer.status_code in NOT_HERS:
                continue
            shown += 1
            builds = builds_of(answer.text, rule)
            told = {(language, build) for build in builds}
            if not told <= seen:
                found = faults_of(visit, url, with_axe=not builds <= seen)
                faults += [f"{who}, {language}: {fault}" for fault in found]
                seen |= told | builds
    assert shown, "nobody sees this page"
    assert faults == []


def test_a_planted_fault_is_found(live, tabs):
    _, visit = tabs(None, "nl")
    visit.page.goto("/inloggen")
    visit.page.evaluate(
        """() => {
            document.querySelector('main').insertAdjacentHTML('beforeend',
                '<img src="/static/nothing.png"><p class="planted">wide</p><p style="color: red">inline</p>');
            document.querySelector('.planted').style.width = '3000px';
        }"""
    )
    visit.page.wait_for_load_state("networkidle")
    assert any(finding.startswith("image-alt") for finding in axe_findings(visit.page))
    assert "scrolls sideways" in sideways(visit.page)
    assert any("404" in fault for fault in visit.faults)
    assert any("Content Security Policy" in fault for fault in visit.faults)
