"""Rounds, requests, profiles, decisions of the coordinator, proposals, matches and trajectories.

What must never happen is a constraint here: a match within one school or board, a swapped pair, a coach over
capacity, two coaches for one request, a round that is published twice.
"""

from app.coaching.models.bounds import HALFDAYS_IN_WEEK, MAX_CAPACITY, TRAVEL_MINUTES
from app.coaching.models.check_ins import CheckIn, CheckInCall
from app.coaching.models.decisions import PairExclusion, Pin
from app.coaching.models.evaluations import STATEMENTS, Evaluation, Rematch
from app.coaching.models.matches import CoachOffer, Ending, Match, MatchAffiliation
from app.coaching.models.notes import Note, NoteKind
from app.coaching.models.profiles import CoachProfile, CoachStrength
from app.coaching.models.proposals import Proposal, ProposedPair
from app.coaching.models.requests import CoachingRequest, Preference, RequestTheme
from app.coaching.models.rounds import MatchingRound, Publication
from app.coaching.models.sides import COACH_SIDE, IB_SIDE
from app.coaching.models.trajectories import TALK_MINUTES, TALKS, Closure, Outcome, Trajectory

__all__ = [
    "COACH_SIDE",
    "HALFDAYS_IN_WEEK",
    "IB_SIDE",
    "MAX_CAPACITY",
    "STATEMENTS",
    "TALKS",
    "TALK_MINUTES",
    "TRAVEL_MINUTES",
    "CheckIn",
    "CheckInCall",
    "Closure",
    "CoachOffer",
    "CoachProfile",
    "CoachStrength",
    "CoachingRequest",
    "Ending",
    "Evaluation",
    "Match",
    "MatchAffiliation",
    "MatchingRound",
    "Note",
    "NoteKind",
    "Outcome",
    "PairExclusion",
    "Pin",
    "Preference",
    "Proposal",
    "ProposedPair",
    "Publication",
    "Rematch",
    "RequestTheme",
    "Trajectory",
]
