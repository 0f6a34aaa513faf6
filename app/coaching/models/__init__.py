"""Rounds, requests, profiles, decisions of the coordinator, proposals, matches, trajectories and talks.

What must never happen is a constraint here: a match within one school or board, a swapped pair, a coach over
capacity, two coaches for one request, a round that is published twice.
"""

from app.coaching.models.agreements import (
    ASKED_BY_MAIL,
    FREE_LINES,
    Agreement,
    AgreementLine,
    AskedMeasurement,
    LineKind,
    Release,
    TrajectoryGoal,
)
from app.coaching.models.answers import Answer, DeclinedPair, MatchAnswer, MatchNudge
from app.coaching.models.attempts import Attempt
from app.coaching.models.bounds import MAX_CAPACITY, TRAVEL_MINUTES
from app.coaching.models.check_ins import CheckIn, CheckInCall
from app.coaching.models.decisions import PairExclusion, Pin
from app.coaching.models.evaluations import STATEMENTS, Evaluation, Rematch
from app.coaching.models.matches import CoachOffer, Ending, Match, MatchAffiliation
from app.coaching.models.notes import Note, NoteKind
from app.coaching.models.profiles import MAX_KNOWN_FROM, CoachProfile, CoachStrength
from app.coaching.models.proposals import (
    AppliedChange,
    PossibleCoach,
    Proposal,
    ProposalKind,
    ProposedCoach,
    ProposedPair,
)
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
from app.coaching.models.sides import COACH_SIDE, IB_SIDE
from app.coaching.models.talks import MOST_TALKS, Talk, TalkOutcome, TalkReminder
from app.coaching.models.themes import MAX_THEME_LABEL, Theme
from app.coaching.models.trajectories import TALK_MINUTES, TALKS, Closure, Outcome, Trajectory

__all__ = [
    "ASKED_BY_MAIL",
    "COACH_SIDE",
    "DAYS_BETWEEN_REMINDERS",
    "FREE_LINES",
    "IB_SIDE",
    "MAX_CAPACITY",
    "MAX_KNOWN_FROM",
    "MAX_THEME_LABEL",
    "MOST_TALKS",
    "STATEMENTS",
    "TALKS",
    "TALK_MINUTES",
    "TRAVEL_MINUTES",
    "Agreement",
    "AgreementLine",
    "Answer",
    "AppliedChange",
    "AskedMeasurement",
    "Attempt",
    "CheckIn",
    "CheckInCall",
    "Closure",
    "CoachOffer",
    "CoachProfile",
    "CoachStrength",
    "CoachingRequest",
    "DeclinedPair",
    "Ending",
    "Evaluation",
    "LineKind",
    "Match",
    "MatchAffiliation",
    "MatchAnswer",
    "MatchNudge",
    "MatchingRound",
    "Note",
    "NoteKind",
    "Occasion",
    "Outcome",
    "PairExclusion",
    "Pin",
    "PossibleCoach",
    "Preference",
    "Proposal",
    "ProposalKind",
    "ProposedCoach",
    "ProposedPair",
    "Publication",
    "Release",
    "Rematch",
    "RequestDraft",
    "RequestTheme",
    "RoundArchiving",
    "RoundClosing",
    "RoundReminder",
    "Talk",
    "TalkOutcome",
    "TalkReminder",
    "Theme",
    "Trajectory",
    "TrajectoryGoal",
]
