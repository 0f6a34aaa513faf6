"""Read a form by the schema of its use case."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Request, request
from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, pre_load
from werkzeug.datastructures import MultiDict

from app.kernel.errors import Invalid

NOT_DATA = frozenset({"csrf_token"})


class UseCase(Schema):
    """What may come in for one use case, from a form or as JSON. Unknown fields are refused.

    Text is stripped, and an empty text counts as not given: that is how a browser sends an empty field.
    """

    class Meta:
        """Refuse what the use case does not know."""

        unknown = RAISE

    verbatim: frozenset[str] = frozenset()
    """Fields whose spaces mean something, such as passwords."""

    @pre_load
    def _tidy(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        stripped = {name: self._stripped(name, value) for name, value in data.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    def _stripped(self, name: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        value = value.replace("\0", "")  # which the database does not take
        return value if name in self.verbatim else value.strip()


def needed(message: Any) -> dict[str, Any]:
    """Error messages of a field that must be filled in."""
    return dict.fromkeys(("required", "null", "invalid"), message)


def read_form(schema: Schema) -> dict[str, Any]:
    """Load the form of the request. Raises Invalid with messages per field, in the user's language."""
    return read(schema, form_values(schema))


def read_query(schema: Schema) -> dict[str, Any]:
    """Load the query string, leaving out what is not valid: a mended URL should still show a page."""
    values = {name: value for name, value in _plain(request.args, schema).items() if name in schema.fields}
    try:
        return read(schema, values)
    except Invalid as wrong:
        return read(schema, {name: value for name, value in values.items() if name not in wrong.fields})


def read(schema: Schema, values: dict[str, Any]) -> dict[str, Any]:
    """Load values by a schema. Raises Invalid."""
    try:
        loaded: Any = schema.load(values)
    except ValidationError as error:
        raise Invalid(
            {name: _flat(messages) for name, messages in error.normalized_messages().items()}
        ) from error
    return loaded


def form_values(schema: Schema) -> dict[str, Any]:
    """The form as plain values: a list where the schema has a list, otherwise the one value."""
    return {name: value for name, value in _plain(request.form, schema).items() if name not in NOT_DATA}


class RequestInMemory(Request):
    """A request whose files never touch the disk: they hold people's data, and the limit of the body keeps them small."""

    def _get_file_stream(self, *_sizes: Any, **_options: Any) -> BytesIO:
        return BytesIO()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent. `name` is what her computer calls it: to show, for nothing else."""

    name: str
    content: bytes


def read_upload(field: str) -> Upload:
    """The file in a field of the form. Raises Invalid when none was chosen."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise Invalid({field: [_("Choose a file.")]})
    # Some browsers send the whole path.
    name = sent.filename.replace("\\", "/").rpartition("/")[2]
    return Upload("".join(letter for letter in name if letter.isprintable())[:100], sent.read())


def _plain(sent: MultiDict[str, str], schema: Schema) -> dict[str, Any]:
    return {
        name: sent.getlist(name) if isinstance(schema.fields.get(name), fields.List) else sent[name]
        for name in sent
    }


def _flat(messages: Any) -> list[str]:
    if isinstance(messages, dict):
        return [text for inner in messages.values() for text in _flat(inner)]
    # A message that is translated late is no `str` to marshmallow, which then leaves it out of a list.
    return [str(message) for message in messages] if isinstance(messages, list) else [str(messages)]
