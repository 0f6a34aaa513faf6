"""Intervision: fellow IB'ers who meet in a fixed group, think along with a case by a method, and keep it to themselves.

A season is planned for a school year and groups are formed that fit. Members and guests book a seat, a method leads them
through the session, what was told stays inside, and each takes an intention home. The coordinator sees that it goes well,
never what it is about.
"""
