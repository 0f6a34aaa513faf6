"""Random instances as documents: degenerate on purpose, since ties and empty things are where matchings go wrong."""

from random import Random
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]

IDS = ["a", "b", "C", "Z", "é", "aa", "a1", "a10", "a2", "B", "~", "0"]
SCORES = {
    "any": lambda random: random.randint(0, 1000),
    "equal": lambda _: 500,
    "zero": lambda _: 0,
    "around the line": lambda random: random.choice([0, 100, 349, 350, 1000]),
    "around bands": lambda random: random.choice([0, 10, 40, 49, 50, 90, 100, 120, 345, 369]),
    "low": lambda random: random.randint(0, 5),
}


def tiny_documents(coachees: int = 6, coaches: int = 4) -> st.SearchStrategy[Document]:
    """Instances small enough to enumerate."""
    return st.builds(lambda seed: random_document(Random(seed), coachees, coaches), st.integers(0, 2**48))


def random_document(random: Random, most_coachees: int, most_coaches: int) -> Document:
    """One instance with everything the format knows, each now and then left out."""
    some = random.random()
    coachees = _people(random, min(most_coachees, random.randint(0, most_coachees + 1)), some)
    coaches = _people(random, min(most_coaches, random.randint(0, most_coaches + 1)), some)
    for entry in coachees:
        if random.random() < 0.4:
            entry["waited"] = random.randint(0, 3)
    for entry in coaches:
        if random.random() < 0.7:
            entry["capacity"] = random.choice([0, 1, 1, 1, 2, 2, 3, 7])
    document: Document = {"format": "coach-matching/1", "coachees": coachees, "coaches": coaches}
    _add_pairs(random, document)
    if random.random() < 0.7:
        document["settings"] = {
            "sufficiency": random.choice([0, 0, 1, 50, 100, 350, 370, 1000]),
            "band": random.choice([7, 50, 50, 100, 400]),
        }
    if random.random() < 0.4:
        document["pinned"] = _pins(random, document)
    if random.random() < 0.4:
        everything = [[a["id"], k["id"]] for a in coachees for k in coaches]
        document["previous"] = random.sample(everything, min(len(everything), random.randint(0, 6)))
    return document


def shuffled(random: Random, document: Document) -> Document:
    """The same instance in another order of input."""
    return {
        name: random.sample(value, len(value)) if isinstance(value, list) else value
        for name, value in document.items()
    }


def _people(random: Random, count: int, share_named: float) -> list[Document]:
    ids = random.sample(IDS, count) if count <= len(IDS) else [f"x{number}" for number in range(count)]
    people: list[Document] = []
    for number, identifier in enumerate(ids):
        entry: Document = {"id": identifier}
        if random.random() < share_named:
            entry["person"] = f"p{number}" if random.random() < 0.8 else f"p{random.randrange(count)}"
        people.append(entry)
    return people


def _add_pairs(random: Random, document: Document) -> None:
    density = random.choice([0.3, 0.6, 0.9, 1])
    score = SCORES[random.choice(list(SCORES))]
    pairs: list[list[Any]] = []
    blocked: list[list[Any]] = []
    for coachee in document["coachees"]:
        for coach in document["coaches"]:
            if "person" in coachee and coachee["person"] == coach.get("person"):
                blocked.append([coachee["id"], coach["id"], ["self"]])
            elif random.random() < density:
                pairs.append([coachee["id"], coach["id"], score(random)])
            else:
                reasons = random.sample(["same_board", "kind", "travel"], random.randint(1, 2))
                blocked.append([coachee["id"], coach["id"], reasons])
    document["pairs"] = random.sample(pairs, len(pairs))
    document["blocked"] = blocked


def _pins(random: Random, document: Document) -> list[list[str]]:
    room = {entry["id"]: entry.get("capacity", 1) for entry in document["coaches"]}
    coachee_person = {entry["id"]: entry.get("person") for entry in document["coachees"]}
    coach_person = {entry["id"]: entry.get("person") for entry in document["coaches"]}
    pins: dict[str, str] = {}
    directed: set[tuple[Any, Any]] = set()
    for coachee, coach, _ in document["pairs"]:
        people = (coachee_person[coachee], coach_person[coach])
        if random.random() < 0.3 and coachee not in pins and room[coach] and people[::-1] not in directed:
            pins[coachee] = coach
            room[coach] -= 1
            if None not in people:
                directed.add(people)
    return [list(pin) for pin in pins.items()]
