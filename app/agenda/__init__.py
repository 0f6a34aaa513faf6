"""My agenda: when I meet whom, without two appointments at the same time, and in the calendar of my phone.

What an appointment is about is known by the room that made it, such as coaching. This room keeps that nobody is
booked twice, and gives the appointments to calendars: one as a file, or all of them as a feed.
"""
