"""A season with many people in it, as large as a test needs."""

import random

from app.intervision.models import EarlierSeat, Experience, Participation, Season
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tests.intervision.seasons import a_season
from tests.walls.places import kept
from tests.world import add_person, add_role

THEMES = ("leader", "position", "tasks", "teachers", "moments", "resistance", "change", "workload")
FIRST_NAMES = ("Anouk", "Bas", "Chantal", "Daan", "Esra", "Fenna", "Gijs", "Hanane", "Ilse", "Jurre")
LAST_NAMES = ("Bakker", "de Groot", "Yilmaz", "Visser", "van den Berg", "Smit", "Haddad", "Kok", "Mulder")


def a_crowd(count: int, **values: object) -> tuple[Season, list[int]]:
    """A season in which so many people take part, of two in three schools; the same people each time."""
    chance = random.Random(7)
    season = a_season(**{"smallest": 4, "target": 6, "largest": 8, **values})
    boards = [kept(Board(number=str(60_000 + number))) for number in range(max(2, count // 12))]
    schools = [_school(number, chance, boards) for number in range(max(6, count * 2 // 3))]
    people: list[int] = []
    for number in range(count):
        person = add_person(chance.choice(FIRST_NAMES), f"{chance.choice(LAST_NAMES)} {number + 1}")
        add_role(person.id, Role.IB, schools[number % len(schools)])
        kept(
            Participation(
                season_id=season.id, person_id=person.id, takes_part=True,
                halfdays=sorted(chance.sample(range(10), chance.randint(2, 5))),
                themes=chance.sample(THEMES, chance.randint(1, 4)), experience=chance.choice(list(Experience)),
            )
        )  # fmt: skip
        kept(EarlierSeat(school_year=2024, group_name=f"Groep {number // 6}", person_id=person.id))
        people.append(person.id)
    return season, people


def _school(number: int, chance: random.Random, boards: list[int]) -> int:
    return kept(
        School(
            board_id=chance.choice(boards), code=f"{number // 100:02d}Z{number % 100:02d}0"[:6].ljust(6, "0"),
            name=f"Basisschool De Vlinder {number + 1}", city="Purmerend", kinds=[chance.choice(["bo", "bo", "bo", "sbo", "so"])],
            concept=chance.choice([None, None, None, "dalton", "montessori"]),
            latitude=52.4 + chance.random() / 4, longitude=4.9 + chance.random() / 3,
        )
    )  # fmt: skip
