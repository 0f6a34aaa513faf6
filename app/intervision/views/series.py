"""The dates of a group: what is planned, and a series for what has no date yet. And of all groups in one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.calendar_files import MEDIA_TYPE, calendar_file
from app.agenda.halfdays import halfdays
from app.agenda.kinds import CALENDAR_TITLES
from app.agenda.words import capitalised, day_in_words
from app.coaching.meeting_places import ELSEWHERE
from app.intervision.meeting_places import place_as_kept
from app.intervision.policy import JOIN_IN, PLAN_SESSIONS, RUN_SEASONS
from app.intervision.queries import groups_in, season_with
from app.intervision.queries.planning import can_be_planned, group_to_plan, sessions_with_seat
from app.intervision.schemas import (
    AnotherSessionSchema,
    MomentsToPlanSchema,
    SeriesStartSchema,
    series_schema,
)
from app.intervision.schemas.dates import MOMENT_TO_PLAN
from app.intervision.services import series as services
from app.intervision.services.moments import InHoliday, moment_at
from app.intervision.services.series import PlannedDate
from app.intervision.suggestions import (
    GroupCalendar,
    SuggestedDate,
    calendar_of_group,
    calendars_of,
    is_somebody_away,
    suggested_series,
)
from app.intervision.views.blueprint import blueprint
from app.intervision.views.season_page import season_page
from app.intervision.views.session_words import session_rows
from app.kernel.clock import AMSTERDAM, today
from app.kernel.errors import Invalid
from app.web.forms import form_values, read_form, read_query
from app.web.guard import acting, requires


@blueprint.get("/intervisie/groepen/<int:group_id>/data")
@requires(PLAN_SESSIONS)
def index_dates(group_id: int) -> ResponseReturnValue:
    """The sessions of a group, and a date to adjust for each that has none."""
    group = group_to_plan(acting(), group_id)
    begins = read_query(SeriesStartSchema())
    calendar = calendar_of_group(group, **begins)
    values = _suggested_values(suggested_series(calendar)) if can_be_planned(group) else {}
    return _page(calendar, values, {})


@blueprint.post("/intervisie/groepen/<int:group_id>/data")
@requires(PLAN_SESSIONS)
def create_dates(group_id: int) -> ResponseReturnValue:
    """Plan the series."""
    calendar = calendar_of_group(group_to_plan(acting(), group_id))
    numbers = range(1, max([calendar.season.sessions, *calendar.undated]) + 1)
    schema = series_schema(numbers)
    try:
        data = read_form(schema)
        planned = services.plan_series(acting(), group_id, _dates(data, numbers, calendar), data["accepted"])
    except InHoliday as holiday:
        return _page(calendar, form_values(schema), holiday.fields, holiday.days), 422
    except Invalid as wrong:
        return _page(calendar, form_values(schema), wrong.fields), 422
    _say_planned(planned)
    return redirect(url_for("intervision.index_dates", group_id=group_id))


@blueprint.post("/intervisie/groepen/<int:group_id>/bijeenkomsten")
@requires(PLAN_SESSIONS)
def create_session(group_id: int) -> ResponseReturnValue:
    """Make a session without a date, and go on to the poll about it."""
    group_to_plan(acting(), group_id)
    made = services.add_session(acting(), group_id, read_form(AnotherSessionSchema())["number"])
    return redirect(url_for("intervision.new_poll", session_id=made.id))


@blueprint.get("/intervisie/groepen/<int:group_id>/bijeenkomsten.ics")
@requires(JOIN_IN)
def show_calendar_of_group(group_id: int) -> ResponseReturnValue:
    """Every session of one's own group in which one has a seat, to put in a calendar at once."""
    appointments = sessions_with_seat(acting(), group_id)
    titles = {kind: str(title) for kind, title in current_app.extensions[CALENDAR_TITLES].items()}
    content = calendar_file(appointments, url_for("intervision.show_own", _external=True), titles)
    answer = Response(content, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="intervisie.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/intervisie/seizoenen/<int:season_id>/data")
@requires(RUN_SEASONS)
def index_season_dates(season_id: int) -> ResponseReturnValue:
    """The dates of all groups: what is planned, and what is suggested."""
    season = season_with(season_id)
    page = season_page(season)
    groups = groups_in(season_id) if page["publication"] else []
    rows = [_group_row(calendar) for calendar in calendars_of(season, groups)]
    return render_template("intervision/season_dates.html", rows=rows, **page)


@blueprint.post("/intervisie/seizoenen/<int:season_id>/data")
@requires(RUN_SEASONS)
def create_season_dates(season_id: int) -> ResponseReturnValue:
    """Plan the dates that were chosen, for all groups."""
    season_with(season_id)
    by_group: dict[int, list[tuple[int, datetime, str]]] = {}
    for text in read_form(MomentsToPlanSchema())["moment"]:
        group_id, number, at, place = _parts(text)
        by_group.setdefault(group_id, []).append((number, at, place))
    dates: dict[int, list[PlannedDate]] = {}
    for group_id, theirs in by_group.items():
        places = calendar_of_group(group_to_plan(acting(), group_id)).places
        dates[group_id] = [
            PlannedDate(number, at, place_as_kept(places, place, "")) for number, at, place in theirs
        ]
    planned, refused = services.plan_groups(acting(), season_id, dates)
    _say_planned(planned)
    for name in refused:
        flash(_("%(group)s could not be planned: the dates no longer fit. Look again.", group=name), "warn")
    return redirect(url_for("intervision.index_season_dates", season_id=season_id))


class GroupRow(NamedTuple):
    """A group on the page of all groups."""

    calendar: GroupCalendar
    planned: int
    suggested: list[tuple[str, str]]
    """What to choose from: the value that is sent, and the words."""
    without: int
    """For how many sessions nothing suits."""


def _group_row(calendar: GroupCalendar) -> GroupRow:
    planned = sum(bool(dated.appointment and not dated.is_cancelled) for dated in calendar.sessions)
    labels = {place.code: place.label for place in calendar.places}
    found = suggested_series(calendar)
    choices = [
        (
            f"{calendar.group.id}.{one.number}.{one.starts_at.astimezone(AMSTERDAM):%Y-%m-%dT%H:%M}.{one.place}",
            f"{_in_words(one.starts_at)} · {labels[one.place]}",
        )
        for one in found
        if one.starts_at
    ]
    return GroupRow(calendar, planned, choices, len(found) - len(choices))


def _parts(text: str) -> tuple[int, int, datetime, str]:
    """Group, number, moment and place of a date that was chosen. The schema saw that it is one."""
    found = MOMENT_TO_PLAN.fullmatch(text)
    try:
        group_id, number, at, place = found.groups() if found else ("", "", "", "")
        local = datetime.fromisoformat(at)
        moment = moment_at(local.date(), local.time(), day_field="moment", time_field="moment")
    except ValueError as error:
        raise Invalid({"moment": [_("Open the page again.")]}) from error
    if place == ELSEWHERE:
        raise Invalid({"moment": [_("Open the page again.")]})
    return int(group_id), int(number), moment, place


def _dates(data: Mapping[str, Any], numbers: Sequence[int], calendar: GroupCalendar) -> list[PlannedDate]:
    """The dates that were filled in. Raises Invalid with every mistake at its field."""
    found: list[PlannedDate] = []
    wrong: dict[str, Sequence[str]] = {}
    for number in numbers:
        day, at, skipped = (data[f"{name}-{number}"] for name in ("day", "time", "skip"))
        if skipped or (day is None and at is None):
            continue
        if day is None:
            wrong[f"day-{number}"] = [_("Choose a day.")]
        if at is None:
            wrong[f"time-{number}"] = [_("Fill in a time, such as 10:00.")]
        if day is None or at is None:
            continue
        names = {"day_field": f"day-{number}", "time_field": f"time-{number}"}
        try:
            place = place_as_kept(calendar.places, data[f"place-{number}"], "", field=f"place-{number}")
            found.append(PlannedDate(number, moment_at(day, at, **names), place))
        except Invalid as mistake:
            wrong |= mistake.fields
    if wrong:
        raise Invalid(wrong)
    return found


def _suggested_values(suggested: Sequence[SuggestedDate]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in suggested:
        at = one.starts_at.astimezone(AMSTERDAM) if one.starts_at else None
        values |= {
            f"day-{one.number}": at.date().isoformat() if at else "",
            f"time-{one.number}": f"{at:%H:%M}" if at else "",
            f"place-{one.number}": one.place,
            f"skip-{one.number}": "" if at else "1",
        }
    return values


def _page(
    calendar: GroupCalendar, values: Mapping[str, Any], errors: Any, accepted: Sequence[Any] = ()
) -> str:
    begins = {"morning": calendar.around.morning, "afternoon": calendar.around.afternoon}
    labels: dict[str, str] = {}
    for number in calendar.undated:
        labels |= {
            f"day-{number}": _("Session %(number)s, day", number=number),
            f"time-{number}": _("Session %(number)s, time", number=number),
            f"place-{number}": _("Session %(number)s, place", number=number),
        }
    return render_template(
        "intervision/dates.html",
        calendar=calendar,
        group=calendar.group,
        season=calendar.season,
        may_plan=can_be_planned(calendar.group),
        rows=session_rows(calendar.sessions),
        undated=calendar.undated,
        halfdays=halfdays(calendar.halfdays.numbers),
        begins={name: f"{at:%H:%M}" for name, at in begins.items()},
        places=[(place.code, place.label) for place in calendar.places if place.code != ELSEWHERE],
        values=values,
        errors=errors,
        labels=labels,
        is_away=_away(calendar, values),
        in_words=_day_words(values, calendar.undated),
        accepted=[day.isoformat() for day in accepted] + list(values.get("accepted", [])),
        first_day=today().isoformat(),
        runs_seasons=acting().may(RUN_SEASONS),
    )


def _away(calendar: GroupCalendar, values: Mapping[str, Any]) -> set[int]:
    """For which sessions somebody has an appointment at what is filled in."""
    moments = {number: _moment(values, number) for number in calendar.undated}
    return {number for number, at in moments.items() if at and is_somebody_away(calendar, at)}


def _day_words(values: Mapping[str, Any], numbers: Sequence[int]) -> dict[int, str]:
    moments = {number: _moment(values, number) for number in numbers}
    return {number: day_in_words(at) for number, at in moments.items() if at}


def _moment(values: Mapping[str, Any], number: int) -> datetime | None:
    day, at = values.get(f"day-{number}"), values.get(f"time-{number}")
    try:
        local = datetime.combine(datetime.fromisoformat(str(day)).date(), time.fromisoformat(str(at)))
    except ValueError:
        return None
    return local.replace(tzinfo=AMSTERDAM)


def _in_words(at: datetime) -> str:
    return f"{capitalised(day_in_words(at))}, {at.astimezone(AMSTERDAM):%H:%M}"


def _say_planned(planned: int) -> None:
    if planned:
        words = ngettext("%(num)s session has a date now.", "%(num)s sessions have a date now.", planned)
        flash(_("%(planned)s Everybody gets one mail, with a file for her calendar.", planned=words), "good")
    else:
        flash(_("Nothing has been planned: no date was chosen."))
