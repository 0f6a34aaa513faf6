"""What comes in for talks."""

import re
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, Range

from app.agenda.words import on_one_line
from app.coaching.meeting_places import ELSEWHERE
from app.coaching.models import TALK_MINUTES
from app.coaching.schemas.words import _l
from app.web.forms import UseCase, needed

MAX_PLACE = 300
ADDRESS = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")


class TalkSchema(UseCase):
    """When and where a talk is."""

    day = fields.Date(required=True, error_messages=needed(_l("Choose a day.")))
    time = fields.Time(required=True, error_messages=needed(_l("Fill in a time, such as 10:00.")))
    minutes = fields.Integer(
        required=True,
        validate=Range(*TALK_MINUTES, error=_l("Choose from 30 to 150 minutes.")),
        error_messages=needed(_l("Fill in how long it lasts, from 30 to 150 minutes.")),
    )
    place = fields.String(required=True, error_messages=needed(_l("Choose where you meet.")))
    place_text = fields.String(
        load_default="", validate=Length(max=MAX_PLACE, error=_l("Use at most 300 characters."))
    )

    @validates_schema(skip_on_field_errors=False)
    def _says_where(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if "place_text" not in data:  # was refused already
            return
        text = on_one_line(data["place_text"])
        if data.get("place") == ELSEWHERE and not text:
            raise ValidationError(_("Write down where you meet."), "place_text")
        if ADDRESS.search(text):
            raise ValidationError(
                _("Leave e-mail addresses out: the place also stands in calendars."), "place_text"
            )

    @post_load
    def _tidy_place(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        data["place_text"] = on_one_line(data["place_text"])
        return data


class TalkOutcomeSchema(UseCase):
    """Whether a talk was held."""

    was_held = fields.Boolean(required=True, error_messages=needed(_l("Open the page again.")))
