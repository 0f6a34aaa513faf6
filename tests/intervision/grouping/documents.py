"""Tasks as documents: realistic ones of any size, and small awkward ones, since that is where groupings go wrong."""

from random import Random
from typing import Any

Document = dict[str, Any]

THEMES, KINDS, CONCEPTS = 14, ("bo", "sbo", "so", "vo"), ("none", "none", "jenaplan", "montessori", "dalton")


def realistic_document(people: int, seed: int, effort: str = "normal") -> Document:
    """People of many schools and boards with 2 to 5 free half-days; scores 0 to 400, mostly by shared themes."""
    random = Random(f"{people}-{seed}")
    schools = [
        {
            "board": random.randrange(max(2, people // 12)),
            "kind": random.choices(KINDS, (12, 2, 2, 4))[0],
            "concept": random.choice(CONCEPTS),
            "at": (random.random(), random.random()),
        }
        for _ in range(max(2, int(people * 0.75)))
    ]
    facts = [
        {
            "school": random.randrange(len(schools)),
            "themes": dict.fromkeys(random.sample(range(THEMES), random.randint(2, 4)), 1),
            "years": random.choice([1, 4, 10, 20]),
            "halfdays": sorted(random.sample(range(10), random.randint(2, 5))),
        }
        for _ in range(people)
    ]
    pairs: list[list[Any]] = []
    together: list[list[Any]] = []
    forbidden: list[list[Any]] = []
    for first in range(people):
        for other in range(first):
            one, two = facts[first], facts[other]
            at, there = schools[one["school"]], schools[two["school"]]
            shared = len(one["themes"].keys() & two["themes"].keys())
            distance = ((at["at"][0] - there["at"][0]) ** 2 + (at["at"][1] - there["at"][1]) ** 2) ** 0.5
            score = min(160, 60 * shared) + 60 * (at["kind"] != there["kind"])
            score += 30 * (at["concept"] != there["concept"]) + 30 * (one["years"] != two["years"])
            score += max(0, int(80 * (1 - distance))) + 40 * (at["board"] != there["board"])
            ids = [f"p{first:03}", f"p{other:03}"]
            pairs.append([*ids, score])
            if random.random() < 0.02:
                together.append([*ids, random.randint(1, 3)])
            if random.random() < 1 / people:
                forbidden.append(ids)
    return {
        "format": "intervision-groups/1",
        "settings": {"min": 4, "target": 6, "max": 8, "size_penalty": 50, "effort": effort},
        "people": [
            {
                "id": f"p{position:03}",
                "school": f"s{one['school']:03}",
                "board": f"b{schools[one['school']]['board']}",
                "halfdays": one["halfdays"],
            }
            for position, one in enumerate(facts)
        ],
        "pairs": pairs,
        "forbidden": forbidden,
        "together": together,
    }


def awkward_document(random: Random, most_people: int) -> Document:
    """A small task in which things are missing, equal, below zero or impossible."""
    count = random.randint(0 if random.random() < 0.2 else most_people * 2 // 3, most_people)
    ids = random.sample([f"{letter}{number}" for letter in "aZé" for number in range(8)], count)
    least = random.choice([2, 3, 3, 4, 4, 5])
    target = random.randint(least, least + 2)
    settings = {
        "min": least,
        "target": target,
        "max": random.randint(target, target + 3),
        "size_penalty": random.choice([0, 7, 50, 1000]),
        "effort": random.choice(["quick", "normal", "thorough"]),
    }
    schools = random.choice([1, 5, 8, 30, 30, 30])
    days = random.choice([1, 2, 2, 4, 10])
    pairs = [[a, b] for a in ids for b in ids if a < b]
    score = random.choice(
        [
            lambda: random.randint(0, 400),
            lambda: random.randint(-300, 300),
            lambda: random.randint(-50, -1),
            lambda: 100,
            lambda: random.choice([0, 0, 0, 1]),
        ]
    )
    vetoes = random.choice([0, 0, 0.1, 0.3, 0.7])
    return {
        "format": "intervision-groups/1",
        "settings": settings,
        "people": [
            {
                "id": person,
                "school": f"s{random.randrange(schools)}",
                "board": None,
                "halfdays": random.sample(
                    range(days), random.randint(0 if random.random() < 0.1 else 1, min(days, 4))
                ),
            }
            for person in ids
        ],
        "pairs": [[*random.sample(pair, 2), score()] for pair in pairs if random.random() < 0.9],
        "forbidden": [random.sample(pair, 2) for pair in pairs if random.random() < vetoes],
        "together": [
            [*random.sample(pair, 2), random.randint(0, 4)] for pair in pairs if random.random() < 0.1
        ],
    }


def shuffled(random: Random, document: Document) -> Document:
    """The same task in another order of input."""
    return {
        name: random.sample(value, len(value)) if isinstance(value, list) else value
        for name, value in document.items()
    }
