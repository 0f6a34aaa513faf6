"""The open-source peer of the grouping: the genetic algorithm of gruepr, as its documentation describes it.

gruepr (https://gruepr.com, Joshua Hertz, "gruepr, a software tool for optimally partitioning students onto teams",
Computers in Education Journal 12 (2021)) makes a genome of a permutation of all students, cut into teams of sizes that
are chosen beforehand; parents are chosen by tournament, the child is made by ordered crossover, mutation swaps two
places, and the best genomes go on unchanged. Written here from that description alone; no code of it was used.

gruepr punishes what is not permitted. So does this, in the currency of our values; what comes out is then judged by
our rules: a group that breaks one is no group, and its people have no place.
"""

import itertools
import time
from dataclasses import dataclass

import numpy as np

from app.intervision.grouping import Task
from app.intervision.grouping.task import IntArray

POPULATION, GENERATIONS, TOURNAMENT, ELITES, MUTATION = 400, 150, 4, 4, 0.5
PENALTY = 500
"""For each pair that may not be together, and for a group without a common half-day."""


@dataclass(frozen=True, slots=True)
class Evolved:
    """What evolution gave: the value of the permitted groups, the people in them, and the seconds of the processor."""

    value: int
    placed: int
    seconds: float


def evolve(task: Task, seed: int = 1) -> Evolved:
    """Let groups evolve; the same each time."""
    started = time.process_time()
    chance = np.random.default_rng(seed)
    people = len(task.people)
    bounds = _cuts(task)
    population = np.stack([chance.permutation(people) for _ in range(POPULATION)])
    fitness = np.array([_fitness(task, genome, bounds) for genome in population])
    for _ in range(GENERATIONS):
        order = np.argsort(-fitness, kind="stable")
        children = [population[place] for place in order[:ELITES]]
        while len(children) < POPULATION:
            mother, father = (population[_tournament(fitness, chance)] for _ in range(2))
            child = _ordered_crossover(mother, father, chance)
            while chance.random() < MUTATION:
                a, b = chance.integers(people, size=2)
                child[[a, b]] = child[[b, a]]
            children.append(child)
        population = np.stack(children)
        fitness = np.array([_fitness(task, genome, bounds) for genome in population])
    best = population[int(np.argmax(fitness))]
    groups = [group for group in _groups(best, bounds) if task.is_permitted(group)]
    seconds = time.process_time() - started
    return Evolved(sum(task.value(group) for group in groups), sum(map(len, groups)), seconds)


def _cuts(task: Task) -> list[int]:
    """Teams of the target size, as even as possible."""
    people, target = len(task.people), task.sizes.target
    teams = max(1, round(people / target))
    return [round(people * place / teams) for place in range(teams + 1)]


def _groups(genome: IntArray, bounds: list[int]) -> list[list[int]]:
    return [sorted(genome[start:end].tolist()) for start, end in itertools.pairwise(bounds)]


def _fitness(task: Task, genome: IntArray, bounds: list[int]) -> float:
    starts = np.array(bounds[:-1])
    common = np.bitwise_and.reduceat(task.days[genome], starts)
    total = -PENALTY * float(np.count_nonzero(common == 0))
    limits = task.sizes
    for start, end in itertools.pairwise(bounds):
        members = genome[start:end]
        among = np.ix_(members, members)
        size = end - start
        clashes = (size * (size - 1) - int(task.fits[among].sum())) // 2
        score = task.score[among]
        pairs = (int(score.sum()) - int(score.trace())) // 2
        total += pairs * (limits.target - 1) / (size - 1) - PENALTY * clashes
    return total


def _tournament(fitness: np.ndarray, chance: np.random.Generator) -> int:
    entrants = chance.integers(len(fitness), size=TOURNAMENT)
    return int(entrants[np.argmax(fitness[entrants])])


def _ordered_crossover(mother: IntArray, father: IntArray, chance: np.random.Generator) -> IntArray:
    """A stretch of the mother where it stands, the rest in the order of the father."""
    start, end = np.sort(chance.integers(len(mother) + 1, size=2))
    stretch = mother[start:end]
    rest = father[~np.isin(father, stretch)]
    return np.concatenate((rest[:start], stretch, rest[start:]))
