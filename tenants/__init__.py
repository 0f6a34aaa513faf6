"""The ground floor: the only way to the database, and the wall between networks.

A network is entered by `unit_of_work(network)`; inside it every statement carries the network twice: as a
predicate that SQLAlchemy adds, and as the setting that PostgreSQL's row level security compares with.
"""
