"""What looks like data of a pupil, and what does not."""

import pytest

from app.kernel.privacy import looks_like_pupil_data


@pytest.mark.parametrize(
    "text",
    [
        "geboren op 12-03-2016",
        "geb. 1 mei 2015",
        "BSN 111222333",
        "bsn: 111.222.333",
        "leerlingnummer 48213",
        "Onderwijsnummer: 123456",
    ],
)
def test_pupil_data_is_noticed(text):
    assert looks_like_pupil_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik werk hier sinds 1 augustus 1998.",
        "Onze school heeft 412 leerlingen en 23 leraren.",
        "Bel me op 0612345678.",
        "In groep 7 en 8 zitten 2 x 28 kinderen.",
        "123456789 is geen burgerservicenummer",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not looks_like_pupil_data(text)
