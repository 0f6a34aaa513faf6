"""The web application, for gunicorn."""

from app.factory import create_app

app = create_app()
