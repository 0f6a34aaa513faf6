"""The blueprints that the doors of the organisation share."""

from flask import Blueprint

blueprint = Blueprint("organisation", __name__, template_folder="../templates")

invitation_blueprint = Blueprint("invitation", __name__, url_prefix="/uitnodiging/<network>")
"""The door for people who are not inside yet: mounted outside the pages of the network."""
