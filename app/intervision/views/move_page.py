"""What the page says on which somebody is moved: each group with what it would do to the value and to the rules."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.halfdays import halfdays
from app.intervision.models import Season
from app.intervision.queries import groups_in, members_of, published_at
from app.intervision.queries.division import locked_in
from app.intervision.rule_words import breach_words
from app.intervision.season_facts import facts_of_season
from app.intervision.views.groups_page import named
from app.intervision.what_if import Effect, effects_of_moving
from app.kernel.errors import NotFound
from app.organisation.labels import listed


@dataclass(frozen=True, slots=True)
class MoveOption:
    """A group to which somebody could be moved."""

    group_id: int
    name: str
    size: str
    members: str
    effect: tuple[str, str]
    """In words, and how it is shown."""
    halfdays: str
    remarks: list[str]
    obstacles: list[str]


def move_page(season: Season, person_id: int) -> dict[str, Any]:
    """Every other group, those that are possible first. Raises NotFound for somebody who has no part in this."""
    facts = facts_of_season(season)
    groups = {group.id: group for group in groups_in(season.id)}
    members = members_of(list(groups))
    locked = locked_in(season.id)
    source = next((groups[one] for one, people in members.items() if person_id in people), None)
    if source is None and person_id not in facts.by_id:
        raise NotFound
    names = named({person_id, *facts.by_id, *(one for people in members.values() for one in people)})
    plain = {one: name for one, (name, _school) in names.items()}
    effects = effects_of_moving(facts, members, person_id) if person_id in facts.by_id else []
    options = [
        MoveOption(
            effect.group_id,
            groups[effect.group_id].name,
            ngettext("%(num)s person then", "%(num)s people then", effect.size),
            listed([plain[one] for one in members[effect.group_id]]),
            _points(effect),
            halfdays(effect.halfdays),
            _remarks(effect, plain),
            [breach_words(breach, plain) for breach in effect.obstacles]
            + ([_("This group is locked.")] if effect.group_id in locked else []),
        )
        for effect in effects
    ]
    return {
        "person_id": person_id,
        "name": names[person_id][0],
        "school": names[person_id][1],
        "source": source,
        "source_is_locked": source is not None and source.id in locked,
        "too_few_left": source is not None and len(members[source.id]) - 1 < season.smallest,
        "possible": [option for option in options if not option.obstacles],
        "impossible": [option for option in options if option.obstacles],
        "publication": published_at(season.id),
        "can_join": person_id in facts.by_id,
    }


def _points(effect: Effect) -> tuple[str, str]:
    count = abs(effect.points)
    if effect.points > 0:
        return ngettext("%(num)s point better", "%(num)s points better", count), "good"
    if effect.points < 0:
        return ngettext("%(num)s point worse", "%(num)s points worse", count), "warn"
    return _("No better and no worse"), "plain"


def _remarks(effect: Effect, names: dict[int, str]) -> list[str]:
    if not effect.repeats:
        return []
    return [_("Was with %(who)s before.", who=listed([names[one] for one in effect.repeats]))]
