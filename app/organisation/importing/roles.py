"""The words by which schools call the roles that we know."""

import re

from app.kernel.permissions import Role
from app.organisation.importing.text import folded, key

WORDS: dict[Role, tuple[str, ...]] = {
    Role.IB: (
        "ib", "ib'er", "ib-er", "ibér", "intern begeleider", "interne begeleider", "interne begeleiding",
        "intern begeleidster", "ib onderbouw", "ib bovenbouw", "ib middenbouw", "kwaliteitscoördinator", "kc", "kc'er",
        "kwaliteitsondersteuner", "kwaliteitsbegeleider", "zorgcoördinator", "ondersteuningscoördinator",
        "internal supervisor", "special needs coordinator", "senco",
    ),
    Role.COACH: ("coach", "externe coach", "ib-coach", "coach ib", "external coach"),
    Role.LEADER: (
        "schoolleider", "directeur", "directeur basisonderwijs", "directeur-bestuurder", "schooldirecteur",
        "locatiedirecteur", "locatieleider", "meerscholendirecteur", "meerschoolse directeur", "adjunct-directeur",
        "adjunct", "directie", "clusterdirecteur", "interim-directeur", "waarnemend directeur", "school leader",
        "leader", "head", "head teacher", "principal",
    ),
    Role.TEACHER: (
        "leraar", "lerares", "leerkracht", "leraar basisonderwijs", "leerkracht basisonderwijs", "groepsleerkracht",
        "groepsleraar", "docent", "vakleerkracht", "vakleraar", "vakdocent", "invalleerkracht", "leraar po", "leraar so",
        "leraar vso", "leraar sbo", "leerkracht po", "juf", "meester", "leraar in opleiding", "teacher",
    ),
    Role.COORDINATOR: (
        "netwerkcoördinator", "coördinator", "coördinator swv", "swv-coördinator",
        "coördinator samenwerkingsverband", "network coordinator", "coordinator",
    ),
    Role.BILLING: (
        "financieel contact", "financieel contactpersoon", "contactpersoon financiën", "facturatie", "financiën",
        "billing contact", "billing",
    ),
}  # fmt: skip

_SCALE = re.compile(r"\b(l[a-e]|l1[0-4]|d1[1-5]|ib1?[0-9]|schaal|lio)\b|\b\d+\b")
"""The pay scale that personnel systems write behind a role: "leraar LB", "directeur D12"."""
_SEXES = re.compile(r"\((m/?v(/x)?|v/?m(/x)?)\)|\bm/v(/x)?\b")

_BY_WORD = {key(word): role for role, words in WORDS.items() for word in words}


def role_of(text: str) -> Role | None:
    """The role that a word stands for; None for a word that we don't know."""
    whole = _BY_WORD.get(key(text))
    return whole or _BY_WORD.get(key(_SCALE.sub(" ", _SEXES.sub(" ", folded(text)))))
