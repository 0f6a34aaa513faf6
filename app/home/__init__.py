"""The page of today: what waits for me, from every room."""
