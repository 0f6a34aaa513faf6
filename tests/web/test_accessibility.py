"""The accessibility statement is there for everybody, from every page, in both languages."""

import pytest


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Toegankelijkheidsverklaring"), ("en", "Accessibility statement")]
)
def test_anybody_reads_the_statement_in_her_language(app, cast, language, title):
    client = app.test_client()
    client.get(f"/taal/{language}")
    assert f"<h1>{title}</h1>" in client.get("/toegankelijkheid").text


def test_every_page_leads_to_the_statement(app, as_, cast):
    link = 'href="/toegankelijkheid"'
    assert link in app.test_client().get("/inloggen").text
    assert link in as_(cast["ib"]).get("/waterland/").text
    assert link in as_(cast["ib"]).get("/waterland/nergens").text
