"""The blueprint that the doors of coaching share."""

from flask import Blueprint

blueprint = Blueprint("coaching", __name__, template_folder="../templates")
