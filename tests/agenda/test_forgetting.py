"""Where people met is deleted a school year after they did; that they met, and when, stays."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from app.agenda.models import Appointment, Attendance
from app.agenda.services.appointments import book
from app.factory import handlers
from app.kernel.clock import AMSTERDAM

LAST_NIGHT = datetime(2028, 7, 31, 4, 45, tzinfo=AMSTERDAM)
FIRST_NIGHT = datetime(2028, 8, 1, 4, 45, tzinfo=AMSTERDAM)
PLACE = "Bij Fatima thuis"


@pytest.mark.parametrize(
    ("day", "night", "left"),
    [
        (date(2027, 7, 31), LAST_NIGHT, PLACE),
        (date(2027, 7, 31), FIRST_NIGHT, None),
        (date(2027, 8, 1), FIRST_NIGHT, PLACE),
    ],
)
def test_a_place_is_kept_for_the_school_year_after_the_one_of_the_appointment(app, cast, day, night, left):
    begin = datetime(day.year, day.month, day.day, 20, tzinfo=AMSTERDAM)
    with app.database.unit_of_work(cast.network):
        made = book([cast["ib"].person_id], begin, begin + timedelta(hours=1), PLACE, "coaching").id
    by_name = {one.name: one for one in handlers(app.settings, app.database, app.postbox)}
    with time_machine.travel(night, tick=False):
        by_name["agenda.forget_places"].work()
        by_name["agenda.forget_places"].work()
    with app.database.unit_of_work(cast.network) as unit:
        kept = unit.get_one(Appointment, (cast.network.id, made))
        assert (kept.place, kept.starts_at) == (left, begin)
        assert unit.query(Attendance).filter_by(appointment_id=made).count() == 1
