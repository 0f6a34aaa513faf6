"""What must not be told: data of pupils, and what a few people said in confidence."""

from app.kernel.privacy.pupil_data import looks_like_pupil_data
from app.kernel.privacy.small_groups import (
    SMALLEST_GROUP,
    OpenTable,
    in_whole_groups,
    mean_of,
    spread_of,
    suppressed,
    whole_groups,
)

__all__ = [
    "SMALLEST_GROUP",
    "OpenTable",
    "in_whole_groups",
    "looks_like_pupil_data",
    "mean_of",
    "spread_of",
    "suppressed",
    "whole_groups",
]
