"""A mail server pipes in what came back: the invitation is marked, or nothing happens; and never a name is told."""

import base64
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import mails as command
from app.cli.__main__ import main
from app.kernel.mail import Mail, SmtpPostbox
from app.organisation.jobs import InvitationMails
from app.organisation.models import Invitation
from tests.conftest import MASTER_KEY, PASSWORDLESS, address
from tests.organisation.people import invited, somebody

SAMPLES = Path(__file__).parents[1] / "kernel" / "returned"
KEY_IN_SAMPLES = "invitation.3.81.1a2b3c4d.0123456789abcdef0123"
EMAIL = "anneke@waterland.example"
TRY_AGAIN = 75


class Outbox:
    """Keeps the mails as they are."""

    def __init__(self):
        self.mails = []

    def send(self, mail):
        self.mails.append(mail)


@pytest.fixture
def place(committed):
    """An installation of its own."""
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        person = somebody(email=EMAIL)
        invited(person, sent_at=None)
    return app, cast


@pytest.fixture
def sent(place):
    """The mail of an invitation, as it went out."""
    app, cast = place
    outbox = Outbox()
    with app.database.unit_of_work(cast.network) as unit:
        invitation_id = unit.query(Invitation.id).scalar()
    InvitationMails(app.settings, app.database, outbox).send_invitation(
        cast.network, invitation_id=invitation_id
    )
    return outbox.mails[0]


@pytest.fixture
def pipe(place):
    """Pipe a mail into the command, as a mail server does."""
    app, _ = place
    name = app.database.engine.url.database

    def pipe(content, *arguments, **changes):
        environment = {
            "DATABASE_URL": address(name),
            "SECRET_KEY": PASSWORDLESS,
            "MASTER_KEY": base64.b64encode(MASTER_KEY.current).decode(),
            "BASE_URL": "http://localhost:8000",
        }
        return CliRunner().invoke(
            main, ["mails", "bounced", *arguments], input=content, env=environment | changes
        )

    return pipe


def report(name, mail):
    """A sample in which the key is that of a mail."""
    return (SAMPLES / f"{name}.eml").read_bytes().replace(KEY_IN_SAMPLES.encode(), mail.key.encode())


def in_base64(name, mail):
    """The sample whose returned headers are in base64."""
    content = (SAMPLES / f"{name}.eml").read_bytes()
    headers = base64.encodebytes(f"Message-ID: <{mail.key}@localhost>\r\n".encode())
    return re.sub(
        rb"(Encoding: base64\n\n)RnJvb.*?(\n--)", rb"\1" + headers + rb"\2", content, flags=re.DOTALL
    )


def kept(place):
    app, cast = place
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Invitation).one()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("postfix_unknown", "unknown_address"),
        ("exim_full", "mailbox_full"),
        ("exchange_unknown", "unknown_address"),
        ("gmail_blocked", "refused"),
        ("nothing_of_the_mail", "mailbox_full"),
    ],
)
def test_a_report_marks_the_invitation(place, sent, pipe, name, refusal):
    answer = pipe(report(name, sent))
    assert answer.exit_code == 0, answer.output
    assert kept(place).refusal == refusal
    assert kept(place).refused_at is not None


def test_headers_in_base64_are_read_too(place, sent, pipe):
    assert pipe(in_base64("exchange_headers_in_base64", sent)).exit_code == 0
    assert kept(place).refusal == "unknown_address"


def test_the_address_that_the_report_came_to_is_enough(place, sent, pipe):
    content = report("postfix_unknown", Mail("", "", "", "nothing"))
    assert pipe(content, f"bounce+{sent.key}@localhost").exit_code == 0
    assert kept(place).refusal == "unknown_address"


def test_the_return_path_of_the_mail_leads_back(place, sent, pipe):
    postbox = SmtpPostbox("smtp://localhost", "noreply@localhost", "localhost", "bounce+@localhost")
    content = report("postfix_unknown", Mail("", "", "", "nothing"))
    pipe(content, postbox.return_path(sent))
    assert kept(place).refused_at is not None


@pytest.mark.parametrize(
    "name", ["postfix_delayed", "gmail_delayed", "delivered", "out_of_office", "read_receipt", "complaint"]
)
def test_what_did_not_fail_marks_nothing(place, sent, pipe, name):
    assert pipe(report(name, sent)).exit_code == 0
    assert kept(place).refused_at is None


def test_the_second_report_changes_nothing(place, sent, pipe):
    pipe(report("exim_full", sent))
    first = kept(place).refused_at
    assert pipe(report("postfix_unknown", sent)).exit_code == 0
    assert (kept(place).refused_at, kept(place).refusal) == (first, "mailbox_full")


@pytest.mark.parametrize("column", ["accepted_at", "withdrawn_at"])
def test_an_invitation_that_is_over_is_left_as_it_is(place, sent, pipe, column):
    app, cast = place
    with app.database.unit_of_work(cast.network) as unit:
        setattr(unit.query(Invitation).one(), column, "2026-11-01")
    assert pipe(report("postfix_unknown", sent)).exit_code == 0
    assert kept(place).refused_at is None


@pytest.mark.parametrize(
    "key",
    [
        KEY_IN_SAMPLES,
        "password-0123456789abcdef0123456789abcdef",
        "coachee-1-1",
        "invitation-0123456789abcdef0123456789abcdef",
    ],
)
def test_a_key_that_is_forged_or_of_another_mail_marks_nothing(place, sent, pipe, key):
    answer = pipe(report("postfix_unknown", Mail("", "", "", key)))
    assert answer.exit_code == 0
    assert "Ignored" in answer.stderr
    assert kept(place).refused_at is None


def test_another_installation_marks_nothing(place, sent, pipe):
    answer = pipe(report("postfix_unknown", sent), SECRET_KEY="another secret of thirty-two characters")
    assert answer.exit_code == 0
    assert kept(place).refused_at is None


def test_without_its_digest_any_invitation_could_be_marked(place, sent, pipe, monkeypatch):
    """The planted fault: the tests above can fail."""
    monkeypatch.setattr("app.organisation.mail_keys.hmac.compare_digest", lambda _one, _other: True)
    forged = re.sub(r"[^.]+$", "0" * 20, sent.key)
    pipe(report("postfix_unknown", Mail("", "", "", forged)))
    assert kept(place).refused_at is not None


def test_no_name_and_no_address_is_told(place, sent, pipe):
    for name in ("postfix_unknown", "postfix_delayed", "out_of_office"):
        answer = pipe(report(name, sent))
        assert "@" not in answer.output
        assert "Anneke" not in answer.output
        assert sent.key not in answer.output


@pytest.mark.parametrize("name", ["DATABASE_URL", "MASTER_KEY"])
def test_what_can_not_be_done_now_is_tried_again(sent, pipe, name):
    wrong = {
        "DATABASE_URL": "postgresql://vo_app@/vreemdeogen?host=/nowhere",
        "MASTER_KEY": base64.b64encode(b"x" * 32).decode(),
    }
    answer = pipe(report("postfix_unknown", sent), **{name: wrong[name]})
    assert answer.exit_code == TRY_AGAIN
    assert "Traceback" not in answer.output


def test_wrong_settings_keep_the_mail(sent, pipe):
    assert pipe(report("postfix_unknown", sent), SECRET_KEY="short").exit_code == TRY_AGAIN


@pytest.mark.parametrize("content", [b"", b"\0\xff" * 1000, b"Content-Type: multipart/report\n\n"])
def test_junk_is_ignored_even_without_a_database(pipe, content):
    assert pipe(content, DATABASE_URL="postgresql:///nowhere").exit_code == 0


def test_of_a_huge_mail_only_the_beginning_is_kept():
    class Endless:
        """Fifty megabytes, of which nobody asks for more than a part at a time."""

        def __init__(self):
            self.left, self.largest = 50 * 1024 * 1024, 0

        def read(self, size):
            part = min(size, self.left)
            self.left -= part
            self.largest = max(self.largest, size)
            return b"x" * part

    stream = Endless()
    assert len(command._read(stream)) == stream.largest == command.LONGEST
    assert stream.left == 0


def test_a_huge_report_is_understood_by_its_beginning(place, sent, pipe):
    content = report("postfix_unknown", sent)
    assert pipe(content + b"x" * (5 * 1024 * 1024)).exit_code == 0
    assert kept(place).refusal == "unknown_address"
