"""The macros of goals, for the rooms that show them. Goals have no pages of their own."""

from flask import Blueprint

from app.goals.schemas import CONFLICTS
from app.web.navigation import MenuItem

blueprint = Blueprint("goals", __name__, template_folder="templates")
MENU: list[MenuItem] = []

__all__ = ["CONFLICTS", "MENU", "blueprint"]
