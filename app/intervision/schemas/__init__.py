"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

from app.intervision.schemas.bookings import SHOWN, AttendanceSchema, OpenSessionsSchema
from app.intervision.schemas.words import CONFLICTS

__all__ = ["CONFLICTS", "SHOWN", "AttendanceSchema", "OpenSessionsSchema"]
