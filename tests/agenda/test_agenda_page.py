"""My agenda shows what I have, week by week, and nobody else's."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.coaching.talks import talks_of_every_kind, trajectory_of_cast


@pytest.fixture
def talks(app, cast):
    with (
        time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=True),
        app.database.unit_of_work(cast.network),
    ):
        return talks_of_every_kind(trajectory_of_cast(cast))


def page(as_, member):
    with time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), tick=True):
        return as_(member).get("/waterland/agenda")


def test_an_empty_agenda_says_how_it_fills(as_, cast):
    text = page(as_, cast["ib"]).text
    assert "Hier komen je afspraken" in text
    assert "Maak een link" in text


def test_what_comes_is_told_by_week_with_the_other_and_the_way_there(as_, cast, talks):
    text = page(as_, cast["ib"]).text
    assert "Week 49 · 30 november t/m 6 december" in text
    assert "Coachgesprek met Joost van Leeuwen" in text
    assert "Donderdag 3 december 2026, 10:00–11:15 · De Muur, Edam" in text
    assert f"/waterland/trajecten/{talks.trajectory_id}/gesprekken" in text
    assert "2 afspraken van het afgelopen jaar" in text
    assert "Coachgesprek met Fatima el Amrani" in page(as_, cast["coach"]).text


def test_nobody_sees_the_agenda_of_another(as_, cast, talks):
    assert "Coachgesprek" not in page(as_, cast["colleague"]).text
    assert page(as_, cast["coordinator"]).status_code == 403
    assert page(as_, cast["leader"]).status_code == 403
