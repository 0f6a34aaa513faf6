"""What the first release wrote, in its own SQL: each table with each column that its code names, for network {n}.

Written once, when the release was made. A next release gets a file of its own; this one may then go.
"""

REVISION = "0001"

ROWS: dict[str, list[dict[str, str]]] = {
    "tenant": [
        {
            "id": "{n}", "slug": "'net{n}'", "code": "'PO{n:04}'", "name": "'Netwerk {n}'", "standing": "'active'",
            "wrapped_data_key": "'\\x01'", "created_at": "now()",
        }
    ],
    "identity": [
        {"id": "{n}1", "email": "'ib@net{n}.example'", "password_hash": "'!'", "created_at": "now()"},
        {"id": "{n}2", "email": "'coach@net{n}.example'", "password_hash": "'!'", "created_at": "now()"},
    ],
    "membership": [{"identity_id": "{n}1", "network_id": "{n}"}, {"identity_id": "{n}2", "network_id": "{n}"}],
    "sign_in_session": [
        {
            "id": "{n}1", "identity_id": "{n}1", "token_hash": "'\\x{n:04}'", "browser": "'Firefox'",
            "started_at": "now()", "seen_at": "now()", "ended_at": "NULL",
        }
    ],
    "password_reset": [
        {
            "id": "{n}1", "identity_id": "{n}1", "token_hash": "'\\x{n:04}'", "expires_at": "now()",
            "used_at": "NULL",
        }
    ],
    "failed_sign_in": [{"id": "{n}1", "subject": "'\\x02'", "at": "now()"}],
    "kept_mail": [
        {
            "id": "{n}1", "key": "'key{n}'", "recipient": "'a@b.example'", "subject": "'Hallo'", "body": "'Dag'",
            "at": "now()",
        }
    ],
    "audit_entry": [
        {
            "tenant_id": "{n}", "id": "1", "at": "now()", "person_id": "1", "action": "'publish round'",
            "subject": "'round'", "subject_id": "1",
        }
    ],
    "board": [
        {"tenant_id": "{n}", "id": "1", "number": "'11111'", "name": "NULL"},
        {"tenant_id": "{n}", "id": "2", "number": "'22222'", "name": "'Stichting Twee'"},
    ],
    "school": [
        {
            "tenant_id": "{n}", "id": "{id}", "board_id": "{id}", "code": "'01A{id}00'", "name": "'De Wilgen'",
            "kinds": "ARRAY['bo']", "concept": "'dalton'", "denomination": "'Openbaar'", "street": "'Dijk'",
            "house_number": "'1a'", "postcode": "'1441 AB'", "city": "'Purmerend'", "municipality": "'Purmerend'",
            "pupils": "200", "latitude": "52.5", "longitude": "5.1",
        }
    ],
    "person": [
        {
            "tenant_id": "{n}", "id": "1", "first_name": "'Fatima'", "infix": "'el'", "last_name": "'Amrani'",
            "email": "'ib@net{n}.example'", "identity_id": "{n}1",
        },
        {
            "tenant_id": "{n}", "id": "2", "first_name": "'Joost'", "infix": "NULL", "last_name": "'Çelik'",
            "email": "'coach@net{n}.example'", "identity_id": "{n}2",
        },
        {
            "tenant_id": "{n}", "id": "3", "first_name": "'Bram'", "infix": "NULL", "last_name": "'Willems'",
            "email": "NULL", "identity_id": "NULL",
        },
    ],
    "assignment": [
        {
            "tenant_id": "{n}", "id": "1", "person_id": "1", "role": "'ib'", "school_id": "1",
            "since": "'2020-08-01'", "until": "'2027-07-31'",
        },
        {
            "tenant_id": "{n}", "id": "2", "person_id": "2", "role": "'coach'", "school_id": "NULL",
            "since": "'2020-08-01'", "until": "NULL",
        },
    ],
    "invitation": [
        {
            "tenant_id": "{n}", "id": "1", "person_id": "3", "email": "'bram@net{n}.example'", "by_id": "1",
            "token_hash": "'\\x03'", "created_at": "now()", "expires_at": "now() + interval '7 days'",
            "sent_at": "now()", "refused_at": "now()", "accepted_at": "NULL", "withdrawn_at": "NULL",
        },
        {
            "tenant_id": "{n}", "id": "2", "person_id": "1", "email": "'ib@net{n}.example'", "by_id": "0",
            "token_hash": "'\\x04'", "created_at": "now()", "expires_at": "now()", "sent_at": "now()",
            "refused_at": "NULL", "accepted_at": "now()", "withdrawn_at": "NULL",
        },
    ],
    "matching_round": [
        {
            "tenant_id": "{n}", "id": "1", "name": "'2026'", "starts_on": "'2026-09-01'", "ends_on": "'2027-07-31'",
            "sufficiency": "350", "repeat_rounds": "2",
        }
    ],
    "coaching_request": [
        {
            "tenant_id": "{n}", "id": "1", "round_id": "1", "person_id": "1", "question": "'\\x05'",
            "halfdays": "ARRAY[0,9]::smallint[]", "travel_limit": "30", "online": "true", "sent_at": "now()",
        }
    ],
    "request_theme": [{"tenant_id": "{n}", "id": "1", "request_id": "1", "theme": "'leader'", "weight": "3"}],
    "coach_profile": [
        {
            "tenant_id": "{n}", "id": "1", "person_id": "2", "kinds": "ARRAY['bo']",
            "concepts": "ARRAY[]::varchar[]", "declared_boards": "ARRAY['33333']",
            "halfdays": "ARRAY[0]::smallint[]", "travel_limit": "30", "online": "false", "capacity": "2",
            "postcode": "'1441'", "about": "'Twintig jaar IB'''", "unavailable_from": "'2027-01-01'",
            "unavailable_until": "NULL",
        }
    ],
    "coach_strength": [{"tenant_id": "{n}", "id": "1", "profile_id": "1", "theme": "'leader'", "strength": "3"}],
    "preference": [
        {
            "tenant_id": "{n}", "id": "1", "person_id": "1", "other_id": "3", "as_coach": "false",
            "wanted": "false",
        }
    ],
    "pin": [{"tenant_id": "{n}", "id": "1", "request_id": "1", "coach_id": "2", "by_id": "3", "at": "now()"}],
    "pair_exclusion": [
        {"tenant_id": "{n}", "id": "1", "request_id": "1", "coach_id": "3", "by_id": "3", "at": "now()"}
    ],
    "long_work": [
        {
            "tenant_id": "{n}", "id": "1", "kind": "'coaching.calculate'", "subject_id": "1", "person_id": "1",
            "state": "'done'", "stage": "''", "percent": "100", "cancel_asked_at": "NULL", "started_at": "now()",
            "ended_at": "now()",
        }
    ],
    "proposal": [
        {
            "tenant_id": "{n}", "id": "1", "round_id": "1", "work_id": "1", "by_id": "1", "calculated_at": "now()",
            "engine_version": "'1'", "input_hash": "'00'", "sufficiency": "350",
            "decisions": """'{{"pins": []}}'""", "objective": "'[1.50]'", "certificate": "'[]'", "seconds": "0.25",
        }
    ],
    "proposed_pair": [
        {
            "tenant_id": "{n}", "id": "1", "proposal_id": "1", "request_id": "1", "coach_id": "2", "score": "812",
            "detail": "'[]'",
        }
    ],
    "publication": [
        {"tenant_id": "{n}", "id": "1", "round_id": "1", "proposal_id": "1", "by_id": "1", "at": "now()"}
    ],
    "coach_offer": [{"tenant_id": "{n}", "id": "1", "round_id": "1", "coach_id": "2", "capacity": "2"}],
    "match": [
        {
            "tenant_id": "{n}", "id": "1", "round_id": "1", "request_id": "1", "coachee_id": "1", "coach_id": "2",
            "capacity": "2", "place": "1", "score": "812", "detail": "'[]'",
        }
    ],
    "match_affiliation": [
        {"tenant_id": "{n}", "id": "1", "match_id": "1", "side": "1", "affiliation": "'board:11111'"},
        {"tenant_id": "{n}", "id": "2", "match_id": "1", "side": "2", "affiliation": "'board:22222'"},
    ],
    "jobs.procrastinate_jobs": [
        {
            "id": "{n}1", "queue_name": "'network'", "task_name": "'organisation.send_invitation'",
            "args": """'{{"tenant_id": {n}, "invitation_id": 1}}'""", "status": "'todo'",
        }
    ],
    "jobs.procrastinate_workers": [{"last_heartbeat": "now()"}],
    "jobs.procrastinate_periodic_defers": [
        {
            "id": "{n}1", "task_name": "'identity.forget_old_rows'", "defer_timestamp": "{n}", "job_id": "NULL",
            "periodic_id": "''",
        }
    ],
}  # fmt: skip
"""In the order of their foreign keys. Rows of `jobs.procrastinate_events` are made by the queue itself."""

ADD_ONLY = frozenset({"audit_entry"})
"""Tables in which the app's role may change and delete nothing."""
KEYS = frozenset({"id", "tenant_id", "identity_id", "network_id"})


def inserts(network: int) -> list[str]:
    """Every row of a network, as the code of the release writes it."""
    statements = []
    for table, rows in ROWS.items():
        copies = [1, 2] if table == "school" else [1]
        for row in rows:
            for number in copies:
                values = ", ".join(value.format(n=network, id=number) for value in row.values())
                statements.append(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})")
    return statements


def selects() -> dict[str, str]:
    """What the code of the release reads of each table, in one text per row."""
    return {
        table: f"SELECT ({', '.join(rows[0])})::text FROM {table} ORDER BY 1" for table, rows in ROWS.items()
    }


def updates() -> list[str]:
    """A change of every column that the code of the release names."""
    return [
        f"UPDATE {table} SET {column} = {column}"
        for table, rows in ROWS.items()
        if table not in ADD_ONLY
        for column in rows[0]
        if column not in KEYS
    ]


def deletes(network: int) -> list[str]:
    """Every row of a network away again, what refers first."""
    owner = {"tenant": "id = {n}", "membership": "network_id = {n}"}
    return [
        f"DELETE FROM {table} WHERE "
        + owner.get(
            table, "tenant_id = {n}" if "tenant_id" in rows[0] else "id BETWEEN {n}0 AND {n}9"
        ).format(n=network)
        for table, rows in reversed(ROWS.items())
        if table not in ADD_ONLY
    ]
