"""Wall 15: the headers of every answer, and text of users that is never markup."""

import html
import re

import pytest

from app.organisation.models import Person, School
from tests.conftest import application

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TELLTALES = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")
XSS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "` onfocus=alert(1) autofocus `",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input onfocus=alert(1) autofocus>",
    "<video><source onerror=alert(1)>",
    "<math><mtext><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<!--<script>alert(1)</script>",
    "<style>@import'//evil.example'</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<form action=//evil.example><button>x",
    "<object data=//evil.example>",
    "<x hx-get=/uitloggen hx-trigger=load>",
    "<x data-hx-on:load=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "${7*7}#{7*7}",
    "%(name)s %s {0} {name}",
    "<<script>alert(1)//<</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
]


def is_markup(text, page):
    """Whether a page holds the text as it was typed, where it should have been escaped."""
    typed = text.replace("\x00", "")
    dangerous = re.search(r"[<>&\"']", typed) and (typed in page or typed[:60] in page)
    return bool(dangerous or 'href="javascript:' in page)


def answers(app, as_, cast):
    """One of each kind."""
    inside, outside = as_(cast["ib"]), app.test_client()
    return {
        "page": inside.get("/waterland/"),
        "sign-in page": outside.get("/inloggen"),
        "redirect to sign-in": outside.get("/waterland/"),
        "redirect of the router": outside.get("/waterland"),
        "not found": inside.get("/waterland/geen-pagina"),
        "no such route": outside.get("/geen/pagina"),
        "not allowed": inside.get("/waterland/koppelrondes"),
        "wrong method": outside.delete("/inloggen"),
        "no token": outside.post("/inloggen"),
        "health": outside.get("/gezond"),
        "file": outside.get("/static/app.js", buffered=True),
        "no such file": outside.get("/static/geen.js"),
        "wrong host": outside.get("/", headers={"Host": "evil.example"}),
        "htmx": outside.get("/waterland/", headers={"HX-Request": "true"}),
    }


def wrong_headers(answer):
    """Headers that are missing, other than they should be, given twice, or tell what we are made of."""
    wrong = [name for name, value in HEADERS.items() if answer.headers.getlist(name) != [value]]
    return wrong + [name for name in TELLTALES if name in answer.headers]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("fault", ["missing", "weaker", "twice"])
def test_a_planted_fault_in_a_header_is_found(app, header, fault):
    answer = app.test_client().get("/inloggen")
    assert wrong_headers(answer) == []
    if fault == "missing":
        del answer.headers[header]
    elif fault == "weaker":
        answer.headers[header] = "*"
    else:
        answer.headers.add(header, HEADERS[header])
    assert wrong_headers(answer) == [header]


def test_every_answer_has_the_headers(app, as_, cast):
    for kind, answer in answers(app, as_, cast).items():
        assert wrong_headers(answer) == [], kind


def test_the_policy_is_exactly_this_and_allows_nothing_inline(app, as_, cast):
    for kind, answer in answers(app, as_, cast).items():
        (policy,) = answer.headers.getlist("Content-Security-Policy")
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules == POLICY, kind
        assert "unsafe" not in policy


def test_only_files_of_ours_may_be_kept(app, as_, cast):
    for kind, answer in answers(app, as_, cast).items():
        expected = "public, max-age=31536000, immutable" if kind == "file" else "no-store"
        assert answer.headers["Cache-Control"] == expected, kind


def test_a_fault_of_ours_has_the_headers_and_no_details(app, as_, cast, monkeypatch):
    client = as_(cast["ib"])
    monkeypatch.setitem(app.view_functions, "home.show_today", _broken(app.view_functions["home.show_today"]))
    answer = client.get("/waterland/")
    assert answer.status_code == 500
    assert "Content-Security-Policy" in answer.headers
    assert "a secret in a message" not in answer.text
    assert "Traceback" not in answer.text


def _broken(view):
    def broken(**_arguments):
        raise ValueError("a secret in a message")

    broken.access = view.access
    return broken


def test_encryption_is_asked_for_where_there_is_any():
    app = application("nowhere", base_url="https://vreemdeogen.example")
    answer = app.test_client().get("/static/app.js", base_url="https://vreemdeogen.example", buffered=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("text", XSS)
def test_text_of_users_is_shown_as_text(app, as_, cast, text):
    shown = text.replace("\x00", "")
    with app.database.unit_of_work(cast.network) as unit:
        person = unit.get_one(Person, (cast.network.id, cast["teacher"].person_id))
        person.first_name = shown[:60]
        unit.get_one(School, (cast.network.id, cast.schools["wilgen"])).name = shown
    pages = {
        "today": as_(cast["teacher"]).get("/waterland/"),
        "person": as_(cast["coordinator"]).get(f"/waterland/mensen/{cast['teacher'].person_id}"),
        "people": as_(cast["coordinator"]).get("/waterland/mensen"),
        "school": as_(cast["ib"]).get(f"/waterland/scholen/{cast.schools['wilgen']}"),
        "search": as_(cast["coordinator"]).get("/waterland/mensen", query_string={"q": text}),
        "sign-in": app.test_client().get("/inloggen", query_string={"email": text, "next": text}),
        "wrong sign-in": _typed(app, text),
        "unknown page": app.test_client().get("/" + text),
    }
    for kind, page in pages.items():
        assert page.status_code < 500, kind
        assert not is_markup(text, page.text), kind


def test_escaped_text_is_really_there(app, as_, cast):
    with app.database.unit_of_work(cast.network) as unit:
        unit.get_one(Person, (cast.network.id, cast["teacher"].person_id)).first_name = XSS[0]
    page = as_(cast["teacher"]).get("/waterland/").text
    assert html.escape(XSS[0]) in page


def test_without_escaping_it_would_be_found(app, as_, cast, monkeypatch):
    with app.database.unit_of_work(cast.network) as unit:
        unit.get_one(Person, (cast.network.id, cast["teacher"].person_id)).first_name = XSS[0]
    monkeypatch.setattr(app.jinja_env, "autoescape", False)
    app.jinja_env.cache.clear()
    try:
        page = as_(cast["teacher"]).get("/waterland/")
        assert is_markup(XSS[0], page.text)
    finally:
        app.jinja_env.cache.clear()


def _typed(app, text):
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client().post("/inloggen", data={"email": text, "password": text, "next": text})
