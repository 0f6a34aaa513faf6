"""Figures for Prometheus: added up right over the processes of a real web server, and for nobody else."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.health.probe import Probe
from app.jobs.queue import enqueue_global
from app.kernel.mail import AddressRefused, CountedPostbox, Mail
from app.kernel.metrics import figures
from tests.conftest import address, application, clone
from tests.health.conftest import METRICS_TOKEN, asked, environment, free_port, lives, until
from tests.identity.accounts import sign_in, with_password

PASS = {"Authorization": f"Bearer {METRICS_TOKEN}"}
REQUESTS = 200


def figure(page, name, **labels):
    """One figure of a page; 0 where there is none."""
    for line in page.splitlines():
        found = re.fullmatch(rf"{name}(?:{{(.*)}})? (\S+)", line)
        if found and all(f'{label}="{value}"' in (found[1] or "") for label, value in labels.items()):
            return float(found[2])
    return 0.0


def own(name, **labels):
    """A figure of this process."""
    return figure(figures().decode(), name, **labels)


@pytest.fixture
def own_database(worker_id):
    return clone(f"metrics_{worker_id}")


def test_processes_of_a_web_server_add_up(start, own_database):
    port = free_port()
    server = start(
        "serve", "--port", str(port), **environment(address(own_database), METRICS_TOKEN=METRICS_TOKEN)
    )
    until(lambda: lives(port))

    def ask(_):
        with asked(port, "/inloggen") as answer:
            return answer.status

    with ThreadPoolExecutor(8) as visitors:
        assert set(visitors.map(ask, range(REQUESTS))) == {200}
    page = ""
    for _ in range(10):  # whichever process answers, it tells of all of them
        with asked(port, "/metrics", **PASS) as answer:
            page = answer.read().decode()
        counted = figure(
            page, "vreemdeogen_request_seconds_count", endpoint="identity.new_sign_in", status="2xx"
        )
        assert counted == REQUESTS
    assert figure(page, "vreemdeogen_requests_running") == 1
    assert figure(page, "vreemdeogen_build_info", version="0.1.0") == 1
    processes = re.findall(r"Booting worker with pid: (\d+)", server.log.read_text())
    assert len(processes) == 2


def test_a_process_that_was_replaced_still_counts(start, own_database):
    port = free_port()
    server = start(
        "serve", "--port", str(port), **environment(address(own_database), METRICS_TOKEN=METRICS_TOKEN)
    )
    until(lambda: lives(port))
    for _ in range(20):
        with asked(port, "/inloggen") as answer:
            answer.read()
    server.process.send_signal(1)  # SIGHUP: both processes are replaced
    until(lambda: len(re.findall("Booting worker", server.log.read_text())) == 4)
    until(lambda: len(re.findall("Worker exiting", server.log.read_text())) == 2)
    with asked(port, "/metrics", **PASS) as answer:
        page = answer.read().decode()
    assert figure(page, "vreemdeogen_request_seconds_count", endpoint="identity.new_sign_in") == 20
    assert figure(page, "vreemdeogen_requests_running") == 1


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": METRICS_TOKEN}])
def test_without_the_token_nobody_sees_figures(given):
    app = application("nowhere", metrics_token=METRICS_TOKEN)
    answer = app.test_client().get("/metrics", headers=given)
    assert answer.status_code == 401
    assert not answer.data


def test_an_installation_without_a_token_has_no_such_page(app):
    client = app.test_client()
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint == "health.show_metrics"]
    found, nowhere = (client.get(f"/{slug}/", headers=PASS) for slug in ("metrics", "bestaat-niet"))
    assert (found.status_code, found.location.replace("metrics", "bestaat-niet")) == (302, nowhere.location)


def test_a_request_is_counted_by_endpoint_and_never_by_its_address(app, as_, cast):
    labels = {"endpoint": "home.show_today", "method": "GET", "status": "2xx"}
    before = own("vreemdeogen_request_seconds_count", **labels)
    as_(cast["ib"]).get("/waterland/")
    app.test_client().open("/waterland/geheim", method="PROPFIND")
    app.test_client().get("/wachtwoord/een-geheim-token")
    assert own("vreemdeogen_request_seconds_count", **labels) == before + 1
    assert own("vreemdeogen_request_statements_sum", endpoint="home.show_today") > 0
    page = figures().decode()
    assert 'method="other"' in page
    assert "geheim" not in page
    assert "waterland" not in page


def test_attempts_to_sign_in_are_counted(app, cast, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with_password(app, cast["ib"])
    before = {
        outcome: own("vreemdeogen_sign_ins_total", outcome=outcome)
        for outcome in ("right", "wrong", "too many")
    }
    for _ in range(6):
        sign_in(app.test_client(), cast["ib"].email, "not the password")
    with_password(app, cast["coach"])
    sign_in(app.test_client(), cast["coach"].email)
    counted = {
        outcome: own("vreemdeogen_sign_ins_total", outcome=outcome) - before[outcome] for outcome in before
    }
    assert counted == {"right": 1, "wrong": 5, "too many": 1}


class _Refusing:
    def __init__(self, error):
        self._error = error

    def send(self, _mail):
        if self._error:
            raise self._error


@pytest.mark.parametrize(
    ("error", "outcome"), [(None, "sent"), (AddressRefused(), "refused"), (OSError(), "failed")]
)
def test_mails_are_counted_by_what_became_of_them(error, outcome):
    before = own("vreemdeogen_mails_total", outcome=outcome)
    try:
        CountedPostbox(_Refusing(error)).send(Mail("a@b.example", "A", "B", "key"))
    except (AddressRefused, OSError):
        assert error
    assert own("vreemdeogen_mails_total", outcome=outcome) == before + 1


def test_jobs_are_told_by_name_and_state_with_the_age_of_the_oldest(committed):
    app, _cast = committed
    with app.database.global_unit() as unit:
        first, second = (enqueue_global("identity.send_password_reset", identity_id=0) for _ in range(2))
        unit.execute(
            text("UPDATE procrastinate_events SET at = now() - interval '10 minutes' WHERE job_id = :id"),
            {"id": first},
        )
        unit.execute(text("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = :id"), {"id": second})
        unit.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')")
        )
    page = Probe(app.settings.database_url).figures().decode()
    waiting = {"job": "identity.send_password_reset", "state": "todo"}
    assert figure(page, "vreemdeogen_jobs", **waiting) == 1
    assert 600 <= figure(page, "vreemdeogen_jobs_oldest_seconds", **waiting) < 660
    assert figure(page, "vreemdeogen_jobs", job="identity.send_password_reset", state="failed") == 1
    assert 60 <= figure(page, "vreemdeogen_worker_heartbeat_age_seconds") < 120
    assert figure(page, "vreemdeogen_database_up") == 1


def test_without_a_database_the_figures_say_so():
    page = Probe("postgresql://vo_app@/none?host=/nowhere").figures().decode()
    assert figure(page, "vreemdeogen_database_up") == 0
    assert figure(page, "vreemdeogen_worker_heartbeat_age_seconds") == float("inf")


def test_a_worker_shows_its_own_figures(start, own_database):
    port = free_port()
    start("worker", **environment(address(own_database), WORKER_METRICS_ADDRESS=f"127.0.0.1:{port}"))

    def shown():
        try:
            with asked(port, "/metrics") as answer:
                return answer.read().decode()
        except OSError:
            return ""

    assert "vreemdeogen_job_seconds" in until(shown)
