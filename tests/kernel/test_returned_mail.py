"""Reports of mail servers, as each kind of server writes them: the samples are in `returned/`, all addresses invented."""

from pathlib import Path

import pytest

from app.kernel.returned_mail import Refusal, read_returned_mail, refusal_of

SAMPLES = Path(__file__).parent / "returned"
KEY = "invitation.3.81.1a2b3c4d.0123456789abcdef0123"
UNKNOWN, FULL, REFUSED = Refusal.UNKNOWN_ADDRESS, Refusal.MAILBOX_FULL, Refusal.REFUSED


def sample(name):
    return (SAMPLES / f"{name}.eml").read_bytes()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("postfix_unknown", UNKNOWN),
        ("postfix_gave_up", REFUSED),
        ("exim_unknown", UNKNOWN),
        ("exim_full", FULL),
        ("exchange_unknown", UNKNOWN),
        ("exchange_headers_in_base64", UNKNOWN),
        ("gmail_blocked", REFUSED),
        ("gmail_full", FULL),
        ("without_action", UNKNOWN),
    ],
)
def test_a_report_says_why_and_which_mail(name, refusal):
    returned = read_returned_mail(sample(name))
    assert returned.refusal is refusal
    assert any(KEY in text for text in returned.identifiers)


def test_a_report_without_anything_of_the_mail_says_it_by_its_own_address():
    returned = read_returned_mail(sample("nothing_of_the_mail"))
    assert returned.refusal is FULL
    assert f"bounce+{KEY}@vreemdeogen.example" in returned.identifiers


@pytest.mark.parametrize(
    "name", ["postfix_delayed", "gmail_delayed", "delivered", "out_of_office", "read_receipt", "complaint"]
)
def test_what_did_not_finally_fail_is_no_returned_mail(name):
    assert read_returned_mail(sample(name)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"\xff\xfe" * 1000,
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno boundary",
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\xff\n--b--",
        b"Content-Type: multipart/report; boundary*0*=x'y'%ff\n\n--b\n",
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
            for depth in range(5000)
        ),
        b"Content-Type: multipart/report; boundary=b\n\n--b\n" + b"Content-Type: message/rfc822\n\n" * 5000,
        b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n\n" * 20_000,
        b"Content-Type: text/plain\nSubject: " + b"x" * 200_000,
    ],
)
def test_junk_is_no_returned_mail(content):
    assert read_returned_mail(content) is None


def test_a_report_that_was_cut_off_still_says_why():
    content = sample("postfix_unknown")
    cut = content[: content.index(b"Content-Description: Undelivered Message")]
    returned = read_returned_mail(cut)
    assert returned.refusal is UNKNOWN
    assert not any(KEY in text for text in returned.identifiers)


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        (["5.1.1"], UNKNOWN),
        (["5.1.10"], UNKNOWN),
        (["5.1.2 (bad host)"], UNKNOWN),
        (["5.2.1"], UNKNOWN),
        (["5.4.4"], UNKNOWN),
        (["5.1.7"], REFUSED),
        (["5.1.8"], REFUSED),
        (["5.2.2"], FULL),
        (["4.2.2"], FULL),
        (["5.2.3"], REFUSED),
        (["5.7.1"], REFUSED),
        (["4.4.1"], REFUSED),
        (["5.0.0", "smtp; 550 5.1.1 <a@b.example>: no such user"], UNKNOWN),
        (["5.0.0", "smtp; 550 No such user"], UNKNOWN),
        (["5.0.0", "smtp; 552 mailbox is full"], FULL),
        (["5.0.0", "smtp; 554 no"], REFUSED),
        (["550 5.7.1 refused by 5.1.1.1"], REFUSED),
        (["554 your address 10.5.1.1 is on a list"], REFUSED),
        ([""], REFUSED),
        ([], REFUSED),
    ],
)
def test_codes_are_understood(answers, refusal):
    assert refusal_of(*answers) is refusal
