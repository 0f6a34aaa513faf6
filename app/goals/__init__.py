"""Goals: the concrete and attainable next step, with five levels fixed beforehand, and what was measured since.

Whoever sets a goal says in her own words what she would see when it is reached, when it is more, and when it is
less. From the moment that this is fixed it can't be changed, so that a measurement means something: at the start,
half-way, at the end, and again after six weeks and six months, when it shows what stayed.

The room is general: it knows an owner and no coaching. Who else may see a goal is told by the room that uses it.
"""
