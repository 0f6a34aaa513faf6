"""Only who got an invitation can name it in a mail that comes back."""

import pytest

from app.organisation.mail_keys import MailedInvitation, mail_key, mailed_invitation

SECRET, OTHER = "a secret of this installation, long enough", "a secret of another installation, as long"
MAILED = MailedInvitation(3, 81)
KEY = mail_key(SECRET, MAILED, "a token")


def changed(key, place, by):
    """The key with one of its parts replaced."""
    parts = key.split(".")
    parts[place] = by
    return ".".join(parts)


FORGED = {
    "another network": changed(KEY, 1, "4"),
    "another invitation": changed(KEY, 2, "82"),
    "another copy": changed(KEY, 3, "00000000"),
    "another digest": changed(KEY, 4, "0" * 20),
    "no digest": KEY.rsplit(".", 1)[0],
    "half a digest": KEY[:-10],
    "another installation": mail_key(OTHER, MAILED, "a token"),
}


@pytest.mark.parametrize(
    "text",
    [
        f"<{KEY}@vreemdeogen.example>",
        f"bounce+{KEY}@vreemdeogen.example",
        f"<first@x.example>\n <{KEY}@vreemdeogen.example>",
        f"<{KEY.upper()}@VREEMDEOGEN.EXAMPLE>",
    ],
)
def test_a_key_leads_to_its_invitation(text):
    assert mailed_invitation([SECRET], ["", "<password-1@x.example>", text]) == MAILED


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_key_leads_nowhere(forged):
    assert mailed_invitation([SECRET], [f"<{forged}@vreemdeogen.example>"]) is None


def test_a_forged_key_would_be_found_where_digests_are_not_compared(monkeypatch):
    """The planted fault: the test above can fail."""
    monkeypatch.setattr("app.organisation.mail_keys.hmac.compare_digest", lambda _one, _other: True)
    found = [mailed_invitation([SECRET], [f"<{key}@x.example>"]) for key in FORGED.values()]
    assert sum(one is not None for one in found) == len(FORGED) - 2


def test_a_key_made_with_the_secret_of_before_still_leads_to_its_invitation():
    assert mailed_invitation(["the new secret", SECRET], [KEY]) == MAILED


def test_another_link_makes_another_key_and_the_same_link_the_same():
    assert mail_key(SECRET, MAILED, "a token") == KEY != mail_key(SECRET, MAILED, "another token")


def test_a_key_fits_before_an_at_sign():
    largest = MailedInvitation(9999, 99_999_999)
    assert len("bounce+" + mail_key(SECRET, largest, "a token")) <= 64


@pytest.mark.parametrize("text", ["", "invitation", "invitation.1.1", "invitation." * 1000, "٣" * 100])
def test_other_text_leads_nowhere(text):
    assert mailed_invitation([SECRET], [text]) is None
