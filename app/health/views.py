"""Doors for machines: does the process live, can it serve, and the figures for Prometheus."""

import hmac

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.health.probe import Probe
from app.kernel.metrics import figures
from app.web.guard import public

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' own format."""


def health_blueprint(probe: Probe, metrics_token: str | None) -> Blueprint:
    """The doors; without a token for them the figures have none."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/gezond")
    @public()
    def show_life() -> ResponseReturnValue:
        """Tell that the process answers, whatever its neighbours do."""
        return {"status": "alive"}

    @blueprint.get("/gezond/gereed")
    @public()
    def show_readiness() -> ResponseReturnValue:
        """Tell whether requests can be served; if not, codes say why."""
        reasons = probe.faults()
        if reasons:
            return {"status": "not ready", "reasons": reasons}, 503
        return {"status": "ready"}

    if metrics_token:

        @blueprint.get("/metrics")
        @public()
        def show_metrics() -> ResponseReturnValue:
            """Show the figures to who has the token."""
            given = request.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {metrics_token}".encode()):
                return "", 401, {"WWW-Authenticate": "Bearer"}
            return figures() + probe.figures(), 200, {"Content-Type": TEXT}

    return blueprint
