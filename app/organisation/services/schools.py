"""Correct what the register tells of a school, and name the boards that it gives no name."""

from typing import Any

from app.kernel.actor import Actor
from app.kernel.audit import record
from app.organisation.policy import MANAGE_SCHOOLS
from app.organisation.queries import board_with, school_with


def edit_school(actor: Actor, school_id: int, data: dict[str, Any]) -> dict[str, Any]:
    """Change name and concept; gives what they were, for undoing."""
    actor.require(MANAGE_SCHOOLS)
    school = school_with(school_id).school
    before = {"name": school.name, "concept": school.concept or ""}
    school.name, school.concept = data["name"], data.get("concept")
    record(actor, "edit school", "school", school.id)
    return before


def name_board(actor: Actor, board_id: int, data: dict[str, Any]) -> dict[str, Any]:
    """Give a board its name, or take it away; gives what it was, for undoing."""
    actor.require(MANAGE_SCHOOLS)
    board = board_with(board_id)
    before = {"name": board.name or ""}
    board.name = data.get("name")
    record(actor, "name board", "board", board.id)
    return before
