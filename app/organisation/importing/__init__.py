"""People from a file of a school office: recognise its columns, read its rows, and judge them against the network.

A pure core: plain data in, plain data out. It knows nothing of SQL, of the web, or of the words on a page: what is
wrong with a row is a code with its values, and `app.organisation.import_labels` says it in sentences.
"""

from app.organisation.importing.columns import FIELDS, Columns, header_key, recognise, says_where, says_who
from app.organisation.importing.dates import date_of
from app.organisation.importing.facts import KnownPerson, KnownRole, KnownSchool, NetworkFacts
from app.organisation.importing.judgement import (
    Change,
    Entry,
    Fault,
    Judgement,
    KeptEntries,
    NewRole,
    PersonPlan,
    RoleChange,
    RowState,
)
from app.organisation.importing.judging import judge
from app.organisation.importing.names import spoken_name
from app.organisation.importing.rows import Check, RowReader, SheetRow
from app.organisation.importing.schools import SchoolFinder
from app.organisation.importing.text import folded, key, tidy

__all__ = [
    "FIELDS",
    "Change",
    "Check",
    "Columns",
    "Entry",
    "Fault",
    "Judgement",
    "KeptEntries",
    "KnownPerson",
    "KnownRole",
    "KnownSchool",
    "NetworkFacts",
    "NewRole",
    "PersonPlan",
    "RoleChange",
    "RowReader",
    "RowState",
    "SchoolFinder",
    "SheetRow",
    "date_of",
    "folded",
    "header_key",
    "judge",
    "key",
    "recognise",
    "says_where",
    "says_who",
    "spoken_name",
    "tidy",
]
