"""How much and how many."""

GROUP_SIZES = (2, 8)
SESSIONS = (4, 10)
SESSION_MINUTES = (60, 180)
SEATS = (2, 16)
"""Of a session: its group with the guests who are welcome."""
OPEN_SEATS = (0, 8)
CASE_DAYS = (1, 90)
"""How long after its session a case can be kept."""
CANCEL_HOURS = (0, 168)
