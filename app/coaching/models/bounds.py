"""What a request and a profile can hold."""

MAX_CAPACITY = 6
TRAVEL_MINUTES = (5, 120)
HALFDAYS_RULE = "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]"
TRAVEL_RULE = f"travel_limit BETWEEN {TRAVEL_MINUTES[0]} AND {TRAVEL_MINUTES[1]}"
