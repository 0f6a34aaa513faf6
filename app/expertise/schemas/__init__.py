"""What comes in for expertise, and what to say when the database keeps one of this room's rules."""

from app.expertise.schemas.expertise_map import AttentionSchema, MapSchema, NamesSchema, NeedSchema
from app.expertise.schemas.words import CONFLICTS

__all__ = ["CONFLICTS", "AttentionSchema", "MapSchema", "NamesSchema", "NeedSchema"]
