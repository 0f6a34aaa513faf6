"""Rounds, requests, profiles, decisions of the coordinator, proposals, matches and trajectories.

What must never happen is a constraint here: a match within one school or board, a swapped pair, a coach over
capacity, two coaches for one request, a round that is published twice.
"""

from app.coaching.models.bounds import HALFDAYS_IN_WEEK, MAX_CAPACITY, TRAVEL_MINUTES
from app.coaching.models.decisions import PairExclusion, Pin
from app.coaching.models.matches import CoachOffer, Ending, Match, MatchAffiliation
from app.coaching.models.profiles import MAX_KNOWN_FROM, CoachProfile, CoachStrength
from app.coaching.models.proposals import Proposal, ProposedPair
from app.coaching.models.requests import CoachingRequest, Preference, RequestDraft, RequestTheme
from app.coaching.models.rounds import (
    DAYS_BETWEEN_REMINDERS,
    MatchingRound,
    Occasion,
    Publication,
    RoundArchiving,
    RoundClosing,
    RoundReminder,
)
from app.coaching.models.themes import MAX_THEME_LABEL, Theme
from app.coaching.models.trajectories import TALK_MINUTES, TALKS, Closure, Outcome, Trajectory

__all__ = [
    "DAYS_BETWEEN_REMINDERS",
    "HALFDAYS_IN_WEEK",
    "MAX_CAPACITY",
    "MAX_KNOWN_FROM",
    "MAX_THEME_LABEL",
    "TALKS",
    "TALK_MINUTES",
    "TRAVEL_MINUTES",
    "Closure",
    "CoachOffer",
    "CoachProfile",
    "CoachStrength",
    "CoachingRequest",
    "Ending",
    "Match",
    "MatchAffiliation",
    "MatchingRound",
    "Occasion",
    "Outcome",
    "PairExclusion",
    "Pin",
    "Preference",
    "Proposal",
    "ProposedPair",
    "Publication",
    "RequestDraft",
    "RequestTheme",
    "RoundArchiving",
    "RoundClosing",
    "RoundReminder",
    "Theme",
    "Trajectory",
]
