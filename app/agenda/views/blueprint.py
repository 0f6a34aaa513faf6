"""The blueprint that the doors of the agenda share."""

from flask import Blueprint

blueprint = Blueprint("agenda", __name__, template_folder="../templates")
