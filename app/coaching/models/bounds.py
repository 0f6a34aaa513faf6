"""What a request and a profile can hold."""

MAX_CAPACITY = 6
TRAVEL_MINUTES = (5, 120)
TRAVEL_RULE = f"travel_limit BETWEEN {TRAVEL_MINUTES[0]} AND {TRAVEL_MINUTES[1]}"
