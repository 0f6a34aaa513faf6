"""One frozen object with every setting, read from the environment and checked at the start."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvValidationError
from marshmallow import ValidationError
from marshmallow.validate import URL, Email, Length, OneOf, Range, Regexp

ROOT = Path(__file__).resolve().parent.parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """A setting is missing or wrong; the message names each of them and says what is wrong."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The 32 bytes that wrap the data key of each network, and those of before that still open one."""

    current: bytes = field(repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations. Times are in the unit that the name tells."""

    database_url: str
    """As the plain role of the web server and the worker, which row level security binds."""
    migrate_url: str
    """As the role that migrates, makes networks and takes backups; only the command line uses it."""
    secret_key: str
    master_key: MasterKey
    base_url: str
    """Absolute links in mails are made from this, never from the request."""
    proxy_hops: int
    smtp_url: str | None
    """`smtp://user:password@host:587`; without it mails are kept in the database and shown to the demo."""
    mail_from: str
    bounce_address: str | None
    """Where mails come back that can't be delivered; ending in + before the @, it is told apart for each mail."""
    session_idle_minutes: int
    session_absolute_hours: int
    demo: bool
    log_level: str
    metrics_token: str | None = field(default=None, repr=False)
    """Who has it may read /metrics; without it that page does not exist."""
    worker_metrics_address: str | None = None
    """`127.0.0.1:9101`: where the worker shows its figures to whoever reaches it; without it nowhere."""
    demo_networks: tuple[str, ...] = ()
    """Codes of the networks that the demo has, the nation's for instance; none means the usual three."""
    older_secret_keys: tuple[str, ...] = ()
    """What was signed with one of these counts too, while `secret_key` is being replaced."""

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
        older_secret_keys=tuple(_listed(env, "SECRET_KEY_OLD", Length(min=32))),
        master_key=MasterKey(
            _key(env.str("MASTER_KEY", validate=_is_key)),
            tuple(_key(text) for text in _listed(env, "MASTER_KEY_OLD", _is_key)),
        ),
        base_url=(env.str("BASE_URL", validate=URL(require_tld=False)) or "").rstrip("/"),
        proxy_hops=env.int("PROXY_HOPS", 0, validate=Range(min=0, max=5)),
        smtp_url=env.str("SMTP_URL", None),
        mail_from=env.str("MAIL_FROM", "Vreemde Ogen <noreply@localhost>"),
        bounce_address=env.str("BOUNCE_ADDRESS", None, validate=Email()),
        session_idle_minutes=env.int("SESSION_IDLE_MINUTES", 60, validate=Range(min=5)),
        session_absolute_hours=env.int("SESSION_ABSOLUTE_HOURS", 12, validate=Range(min=1)),
        demo=env.bool("DEMO", False),
        demo_networks=tuple(_listed(env, "DEMO_NETWORKS", Length(min=1))),
        log_level=env.str("LOG_LEVEL", "INFO", validate=OneOf(LOG_LEVELS)),
        metrics_token=env.str("METRICS_TOKEN", None, validate=Length(min=32)),
        worker_metrics_address=env.str("WORKER_METRICS_ADDRESS", None, validate=Regexp(r"[^:\s]+:\d{1,5}$")),
    )
    try:
        env.seal()
    except EnvValidationError as error:
        found: Any = error.error_messages
        wrong = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in found.items())
        raise SettingsError(wrong) from error
    return settings


def _listed(env: Env, name: str, check: Callable[[str], Any]) -> list[str]:
    """The values of a setting that are parted by commas; none when it is not set."""
    return env.list(name, [], subcast=str, validate=lambda texts: [check(text) for text in texts]) or []


def _is_key(text: str) -> None:
    if len(_key(text)) != 32:
        raise ValidationError("Give 32 bytes in base64, as `vreemdeogen key` makes them.")


def _key(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "", validate=True)
    except binascii.Error:
        return b""
