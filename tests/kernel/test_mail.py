"""The mail port on a real SMTP server, on this machine alone."""

import socket

import pytest
from aiosmtpd.controller import Controller

from app.kernel.mail import AddressRefused, Mail, SmtpPostbox

SENDER = "Vreemde Ogen <noreply@voorbeeld.example>"


class Mailbox:
    """Keeps what it is given, and knows nobody called `nobody`."""

    def __init__(self):
        self.messages = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the library's name
        self.messages.append(envelope.content.decode())
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


def postbox(mailbox):
    return SmtpPostbox(mailbox.url, SENDER, "vreemdeogen.example")


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


def test_an_address_that_does_not_exist_is_told_apart(mailbox):
    with pytest.raises(AddressRefused):
        postbox(mailbox).send(mail(to="nobody@voorbeeld.example"))


@pytest.mark.parametrize("field", ["to", "subject"])
@pytest.mark.parametrize(
    "ending", ["\r\nBcc: all@voorbeeld.example", "\nX-Extra: 1", "\r\n\r\nbody", "\rBcc: a@b.example"]
)
def test_no_header_is_smuggled_in(mailbox, field, ending):
    with pytest.raises(ValueError, match="linefeed"):
        postbox(mailbox).send(mail(**{field: "fatima@voorbeeld.example" + ending}))
    assert mailbox.messages == []
