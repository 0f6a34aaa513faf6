"""What every page of a season shows around its own part, for the coordinator: name, period and tabs."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app.intervision.models import Season
from app.intervision.queries import published_at
from app.web.navigation import Tab


def season_page(season: Season) -> dict[str, Any]:
    """The values of `intervision/season_page.html`."""
    parts = [
        (_("Overview"), "intervision.show_season"),
        (_("Answers"), "intervision.index_answers"),
        (_("Groups"), "intervision.show_groups"),
    ]
    return {
        "season": season,
        "publication": published_at(season.id),
        "tabs": [
            Tab(label, url_for(endpoint, season_id=season.id), endpoint == request.endpoint)
            for label, endpoint in parts
        ],
    }
