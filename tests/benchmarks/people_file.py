"""A list of people as a school office would send it, of any length, for measuring imports."""

import random
from collections.abc import Sequence

from app.kernel.tables import write_csv

COLUMNS = (
    "Roepnaam",
    "Tussenvoegsel",
    "Achternaam",
    "E-mailadres",
    "Vestigingscode",
    "Functie",
    "Datum in dienst",
)
FIRST = (
    "Anna",
    "Bram",
    "Çağla",
    "Daan",
    "Emma",
    "Fatima",
    "Guus",
    "Hanna",
    "Ilse",
    "Joost",
    "Karin",
    "Liam",
    "Mila",
)
INFIXES = ("", "", "", "de", "van", "van der", "van den", "el")
LAST = (
    "Bakker",
    "Berg",
    "Boer",
    "Dijkstra",
    "Hoekstra",
    "Jansen-Smit",
    "Mulder",
    "Öztürk",
    "Visser",
    "Vries",
    "Wit",
)
ROLES = ("leerkracht",) * 8 + ("IB'er", "directeur")


def people_file(schools: Sequence[tuple[str, str]], rows: int, seed: int) -> bytes:
    """A CSV of so many people, each with an address and a role at one of the schools (code, name); same seed, same file."""
    chance = random.Random(seed)
    return write_csv(COLUMNS, [_row(chance, schools, number) for number in range(rows)])


def _row(chance: random.Random, schools: Sequence[tuple[str, str]], number: int) -> tuple[str, ...]:
    code, _name = chance.choice(schools)
    first_day = f"{chance.randint(1, 28)}-{chance.randint(1, 12)}-{chance.randint(1995, 2025)}"
    return (
        chance.choice(FIRST), chance.choice(INFIXES), chance.choice(LAST), f"medewerker{number}@school.example", code,
        chance.choice(ROLES), first_day,
    )  # fmt: skip
