"""The blueprint that the doors of intervision share."""

from flask import Blueprint

blueprint = Blueprint("intervision", __name__, template_folder="../templates")
