"""The mail port on a real SMTP server, on this machine alone."""

import smtplib
import socket
from email import message_from_string

import pytest
from aiosmtpd.controller import Controller

from app.kernel.mail import AddressRefused, Attachment, Mail, SmtpPostbox
from app.kernel.returned_mail import Refusal

SENDER = "Vreemde Ogen <noreply@voorbeeld.example>"


class Mailbox:
    """Keeps what it is given, and knows nobody called `nobody`."""

    def __init__(self):
        self.messages, self.senders = [], []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        if address.startswith("full@"):
            return "552 5.2.2 mailbox full"
        if address.startswith("busy@"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the library's name
        self.messages.append(envelope.content.decode())
        self.senders.append(envelope.mail_from)
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


def postbox(mailbox, bounce_address=None):
    return SmtpPostbox(mailbox.url, SENDER, "vreemdeogen.example", bounce_address)


def mail(**changes):
    return Mail(
        **{"to": "fatima@voorbeeld.example", "subject": "Je coach is bekend", "text": "Dag", "key": "k1"}
        | changes
    )


def test_a_mail_arrives_with_a_fixed_message_id(mailbox):
    for _time in range(2):
        postbox(mailbox).send(mail())
    first, second = mailbox.messages
    assert "Message-ID: <k1@vreemdeogen.example>" in first
    assert first == second


def test_a_file_goes_with_a_mail(mailbox):
    file = Attachment("afspraak.ics", "calendar", "BEGIN:VCALENDAR é".encode(), {"method": "CANCEL"})
    postbox(mailbox).send(mail(attachments=(file,)))
    _whole, text, attached = message_from_string(mailbox.messages[0]).walk()
    assert text.get_payload(decode=True).strip() == b"Dag"
    assert attached.get_content_type() == "text/calendar"
    assert (attached.get_param("method"), attached.get_param("charset")) == ("CANCEL", "utf-8")
    assert attached.get_filename() == "afspraak.ics"
    assert attached.get_payload(decode=True) == file.content


def test_an_address_that_does_not_exist_is_told_apart(mailbox):
    with pytest.raises(AddressRefused):
        postbox(mailbox).send(mail(to="nobody@voorbeeld.example"))


@pytest.mark.parametrize(
    ("address", "refusal"), [("nobody", Refusal.UNKNOWN_ADDRESS), ("full", Refusal.MAILBOX_FULL)]
)
def test_the_reason_of_a_refusal_is_told(mailbox, address, refusal):
    with pytest.raises(AddressRefused) as refused:
        postbox(mailbox).send(mail(to=f"{address}@voorbeeld.example"))
    assert refused.value.refusal is refusal


def test_a_server_that_asks_to_come_back_is_tried_again(mailbox):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        postbox(mailbox).send(mail(to="busy@voorbeeld.example"))


@pytest.mark.parametrize(
    ("bounce_address", "key", "sender"),
    [
        (None, "k1", "noreply@voorbeeld.example"),
        ("bounce@mail.example", "k1", "bounce@mail.example"),
        ("bounce+@mail.example", "k1", "bounce+k1@mail.example"),
        ("bounce+@mail.example", "k" * 57, f"bounce+{'k' * 57}@mail.example"),
        ("bounce+@mail.example", "k" * 58, "bounce@mail.example"),
    ],
)
def test_a_mail_comes_back_to_the_bounce_address(mailbox, bounce_address, key, sender):
    postbox(mailbox, bounce_address).send(mail(key=key))
    assert mailbox.senders == [sender]
    assert f"From: {SENDER}" in mailbox.messages[0]


@pytest.mark.parametrize("field", ["to", "subject"])
@pytest.mark.parametrize(
    "ending", ["\r\nBcc: all@voorbeeld.example", "\nX-Extra: 1", "\r\n\r\nbody", "\rBcc: a@b.example"]
)
def test_no_header_is_smuggled_in(mailbox, field, ending):
    with pytest.raises(ValueError, match="linefeed"):
        postbox(mailbox).send(mail(**{field: "fatima@voorbeeld.example" + ending}))
    assert mailbox.messages == []
