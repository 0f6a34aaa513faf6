"""What the page of a poll shows: the question, how it stands, and what to choose from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.words import capitalised, day_in_words
from app.intervision.meeting_places import MeetingPlace, place_as_chosen, place_in_turn, places_of
from app.intervision.models import PollOption, PollWord
from app.intervision.poll_rules import Standing, best_of, silent_in, standings
from app.intervision.queries import DatedSession, members_of
from app.intervision.queries.planning import PollInFull, moment_of
from app.kernel.clock import AMSTERDAM, now
from app.organisation.queries import people_by_id
from app.web.guard import acting


class Column(NamedTuple):
    """Somebody in the table of answers."""

    person_id: int
    name: str


class TableRow(NamedTuple):
    """A moment in the table of answers, with what each said of it, in the order of the columns."""

    option: PollOption
    when: str
    total: str
    words: list[PollWord | None]
    is_best: bool
    is_chosen: bool


class Typed(NamedTuple):
    """What came back with mistakes: answers, or a choice."""

    said: Mapping[str, Any] = {}
    chosen: Mapping[str, Any] = {}
    errors: Mapping[str, Sequence[str]] = {}
    clashes: bool = False
    """Whether somebody who would come is elsewhere."""


def poll_page(dated: DatedSession, poll: PollInFull, typed: Typed | None = None) -> dict[str, Any]:
    """The values of `intervision/poll.html`."""
    typed = typed or Typed()
    members = members_of([dated.group.id])[dated.group.id]
    people = people_by_id(members)
    silent = silent_in(poll.answers, members)
    ranked = standings(poll.options, poll.answers, members)
    best = best_of(ranked, poll.poll.quorum, now())
    mine = poll.answers.get(acting().person_id)
    columns = [Column(one, people[one].first_name) for one in members if one in people]
    usual = {f"answer-{option_id}": word.value for option_id, word in (mine or {}).items()}
    return {
        "poll": poll,
        "is_member": acting().person_id in members,
        "has_answered": mine is not None,
        "questions": [(option.id, moment_in_words(option)) for option in poll.options],
        "answer_words": answer_words(),
        "said": typed.said or usual,
        "errors": typed.errors,
        "labels": {
            **{f"answer-{option.id}": moment_in_words(option) for option in poll.options},
            "option_id": _("Moment"),
            "anyway": _("Quorum"),
            "without_absent": _("Who can't"),
            "place": _("Place"),
            "place_text": _("Which place"),
        },
        "columns": columns,
        "rows": [_row(one, columns, poll, best) for one in ranked],
        "silent": [people[one].first_name for one in silent if one in people],
        "is_complete": not silent,
        "nobody_answered": len(silent) == len(members),
        "best": best,
        "best_when": _in_words(best.option.starts_at if best else None),
        "chosen_when": _in_words(moment_of(poll)),
        **_choice(dated, poll, ranked, places_of(members), typed),
    }


def answer_words() -> dict[PollWord, str]:
    """What can be said of a moment."""
    return {PollWord.YES: _("Yes"), PollWord.IF_NEEDED: _("If needed"), PollWord.NO: _("No")}


def moment_in_words(option: PollOption) -> str:
    """Such as "Maandag 7 december 2026, 13:00–15:00"."""
    start, end = (at.astimezone(AMSTERDAM) for at in (option.starts_at, option.ends_at))
    return f"{capitalised(day_in_words(option.starts_at))}, {start:%H:%M}–{end:%H:%M}"


def _choice(
    dated: DatedSession,
    poll: PollInFull,
    ranked: Sequence[Standing],
    places: Sequence[MeetingPlace],
    typed: Typed,
) -> dict[str, Any]:
    """What the form to choose a date shows: what was chosen, or else the best moment and the place whose turn it is."""
    possible = [one for one in ranked if one.option.starts_at > now()]
    usual: dict[str, Any] = {
        "option_id": possible[0].option.id if possible else "",
        "anyway": "",
        "without_absent": "",
        "place": place_in_turn(places, dated.session.number),
        "place_text": "",
    }
    if dated.appointment and not dated.is_cancelled:
        usual |= place_as_chosen(places, dated.appointment.place)
    values = {**usual, **typed.chosen}
    return {
        "possible": [(one.option.id, moment_in_words(one.option), _counted(one)) for one in possible],
        "chosen": values,
        "places": places,
        "clashes": typed.clashes or bool(values["without_absent"]),
        "below_quorum": bool(values["anyway"])
        or any(
            str(one.option.id) == str(values["option_id"]) and one.number < poll.poll.quorum
            for one in possible
        ),
    }


def _row(standing: Standing, columns: Sequence[Column], poll: PollInFull, best: Standing | None) -> TableRow:
    option = standing.option
    return TableRow(
        option=option,
        when=moment_in_words(option),
        total=_counted(standing),
        words=[poll.answers.get(column.person_id, {}).get(option.id) for column in columns],
        is_best=best is not None and best.option.id == option.id,
        is_chosen=poll.choice is not None and poll.choice.option_id == option.id,
    )


def _counted(standing: Standing) -> str:
    can = ngettext("%(num)s can", "%(num)s can", standing.number)
    if standing.if_needed:
        return _("%(can)s, %(number)s of them if needed", can=can, number=len(standing.if_needed))
    return can


def _in_words(at: datetime | None) -> str | None:
    if at is None:
        return None
    return f"{day_in_words(at)}, {at.astimezone(AMSTERDAM):%H:%M}"
