"""One frozen object with every setting, read from the environment and checked at the start."""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvValidationError
from marshmallow import ValidationError
from marshmallow.validate import URL, Length, Range

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting is missing or wrong; the message names each of them and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations. Times are in the unit that the name tells."""

    database_url: str
    """As the plain role of the web server and the worker, which row level security binds."""
    migrate_url: str
    """As the role that migrates, makes networks and takes backups; only the command line uses it."""
    secret_key: str
    master_key: bytes
    """32 bytes that wrap the data key of each network."""
    base_url: str
    """Absolute links in mails are made from this, never from the request."""
    proxy_hops: int
    smtp_url: str | None
    """`smtp://user:password@host:587`; without it mails are kept in the database and shown to the demo."""
    mail_from: str
    session_idle_minutes: int
    session_absolute_hours: int
    demo: bool
    log_level: str

    @property
    def host(self) -> str:
        """Host and port that requests must name."""
        return urlsplit(self.base_url).netloc

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us encrypted: cookies are then marked Secure."""
        return self.base_url.startswith("https://")


def read_settings() -> Settings:
    """Read the settings from the environment of the process.

    Raises SettingsError that names every wrong setting, so that a wrong installation fails at its start.
    """
    env = Env(eager=False)
    database_url = env.str("DATABASE_URL", validate=Length(min=1))
    settings = Settings(
        database_url=database_url,
        migrate_url=env.str("DATABASE_MIGRATE_URL", database_url),
        secret_key=env.str("SECRET_KEY", validate=Length(min=32)),
        master_key=_master_key(env.str("MASTER_KEY", validate=_is_key)),
        base_url=(env.str("BASE_URL", validate=URL(require_tld=False)) or "").rstrip("/"),
        proxy_hops=env.int("PROXY_HOPS", 0, validate=Range(min=0, max=5)),
        smtp_url=env.str("SMTP_URL", None),
        mail_from=env.str("MAIL_FROM", "Vreemde Ogen <noreply@localhost>"),
        session_idle_minutes=env.int("SESSION_IDLE_MINUTES", 60, validate=Range(min=5)),
        session_absolute_hours=env.int("SESSION_ABSOLUTE_HOURS", 12, validate=Range(min=1)),
        demo=env.bool("DEMO", False),
        log_level=env.str("LOG_LEVEL", "INFO"),
    )
    try:
        env.seal()
    except EnvValidationError as error:
        found: Any = error.error_messages
        wrong = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in found.items())
        raise SettingsError(wrong) from error
    return settings


def _is_key(text: str) -> None:
    if len(_master_key(text)) != 32:
        raise ValidationError("Give 32 bytes in base64, as `vreemdeogen key` makes them.")


def _master_key(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "", validate=True)
    except binascii.Error:
        return b""
