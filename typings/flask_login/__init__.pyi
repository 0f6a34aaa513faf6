"""What this project uses of Flask-Login, which has no types of its own."""

from collections.abc import Callable

from flask import Flask

from app.identity.queries import SignedIn

class LoginManager:
    session_protection: str | None
    def __init__(self, app: Flask | None = ...) -> None: ...
    def user_loader(self, callback: Callable[[str], SignedIn | None]) -> Callable[[str], SignedIn | None]: ...

current_user: SignedIn

def login_user(user: SignedIn) -> bool: ...
def logout_user() -> bool: ...
