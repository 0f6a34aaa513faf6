"""The two sides of a match, and of the coaching that follows from it."""

IB_SIDE, COACH_SIDE = 1, 2
EITHER_SIDE = f"side IN ({IB_SIDE}, {COACH_SIDE})"
