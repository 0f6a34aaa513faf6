"""Every endpoint says who may use it, and the app does not start when one forgets."""

import pytest
from flask import Flask

from app.web.guard import UndeclaredEndpoint, check_declarations, public


def test_the_app_refuses_an_endpoint_that_does_not_say_who_may():
    app = Flask("planted")
    app.view_functions["static"] = public()(app.view_functions["static"])
    app.add_url_rule("/open", "open", public()(lambda: ""))
    check_declarations(app)
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    with pytest.raises(UndeclaredEndpoint, match="forgotten"):
        check_declarations(app)
