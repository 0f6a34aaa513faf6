"""How a season goes, in words: which groups need somebody and what helps, and the numbers of all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.intervision.models import Season
from app.intervision.queries.progress import (
    GroupProgress,
    Risk,
    Turnout,
    counted,
    next_day,
    progress_of,
)
from app.kernel.clock import today
from app.web.language import long_date

MOST_NAMED = 4
"""More groups without dates than this are counted, and planned in one go."""


@dataclass(frozen=True, slots=True)
class GroupAtRisk:
    """A group that needs somebody: why, and where to do something about it."""

    id: int
    name: str
    reasons: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class GroupInTable:
    """A group in numbers."""

    id: int
    name: str
    size: str
    held: str
    next_day: str | None
    turnout: str | None
    called_off: int
    needs_somebody: bool


def season_progress(season: Season, taking_part: Collection[int]) -> dict[str, Any]:
    """The values of `intervision/season_progress.html`."""
    progress = progress_of(season)
    counts = counted(progress)
    unplanned = [row.group for row in progress.groups if row.is_unplanned and season.ends_on >= today()]
    placed = {one for row in progress.groups for one in row.people}
    return {
        "at_risk": [_at_risk(row, season) for row in progress.at_risk],
        "without_group": len(set(taking_part) - placed),
        "without_dates": len(unplanned),
        # A few among groups that have their dates, such as one that was split off, are named.
        "unplanned": unplanned
        if len(unplanned) <= MOST_NAMED and len(unplanned) < len(progress.groups)
        else [],
        "rows": [_row(row, season) for row in progress.groups],
        "numbers": [
            {"value": len(progress.groups), "label": _("groups")},
            {"value": counts["held"], "label": _("sessions held")},
            {"value": counts["planned"], "label": _("planned")},
            {"value": counts["without_date"], "label": _("without a date yet")},
            {"value": counts["called_off"], "label": _("called off")},
            *([{"value": counts["untold"], "label": _("not noted")}] if counts["untold"] else []),
            {"value": _turnout(progress.turnout) or "–", "label": _("were there")},
        ],
    }


def _at_risk(row: GroupProgress, season: Season) -> GroupAtRisk:
    action, url = _way_out(row)
    reasons = " ".join(_reason(risk, row, season) for risk in row.risks)
    return GroupAtRisk(row.group.id, row.group.name, reasons, action, url)


def _reason(risk: Risk, row: GroupProgress, season: Season) -> str:
    low = [_turnout(one) or "" for one in row.noted[-2:]]
    words: Mapping[Risk, str] = {
        Risk.TOO_SMALL: ngettext(
            "%(num)s person is left, and %(least)s are needed.",
            "%(num)s people are left, and %(least)s are needed.",
            row.size,
            least=season.smallest,
        ),
        Risk.CALLED_OFF: _("The last two sessions were called off."),
        Risk.SILENT: _("No session was held for two months or more."),
        Risk.WITHOUT_DATE: _("There has been no new date for a month."),
        Risk.POLL_FELL_SHORT: _("The group was asked for a date, and none came out of it."),
        Risk.HALF_EMPTY: _(
            "The last two times fewer than half were there: %(numbers)s.", numbers=", ".join(low)
        ),
    }
    return words[risk]


def _way_out(row: GroupProgress) -> tuple[str, str]:
    """What helps with the most urgent of the risks."""
    risk = row.risks[0]
    if risk in (Risk.TOO_SMALL, Risk.HALF_EMPTY):
        return _("Change the group"), url_for("intervision.show_changes", group_id=row.group.id)
    if risk is Risk.POLL_FELL_SHORT and row.failed_poll is not None:
        return _("To the session"), url_for("intervision.show_session", session_id=row.failed_poll)
    return _("To the group"), url_for("intervision.show_group", group_id=row.group.id)


def _row(row: GroupProgress, season: Season) -> GroupInTable:
    day = next_day(row)
    return GroupInTable(
        id=row.group.id,
        name=row.group.name,
        size=ngettext("%(num)s person", "%(num)s people", row.size),
        held=_("%(held)s of %(all)s", held=len(row.held), all=max(season.sessions, len(row.sessions))),
        next_day=long_date(day) if day else None,
        turnout=_turnout(row.turnout),
        called_off=row.called_off,
        needs_somebody=bool(row.risks),
    )


def _turnout(turnout: Turnout) -> str | None:
    """Such as "11 of 14"; None when nobody noted who was there."""
    if not turnout.expected:
        return None
    return _("%(held)s of %(all)s", held=turnout.came, all=turnout.expected)
