"""The blueprint that the doors of expertise share."""

from flask import Blueprint

blueprint = Blueprint("expertise", __name__, template_folder="../templates")
