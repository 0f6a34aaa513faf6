"""Every IB'er an outside coach: a round in which coaching is asked and offered, matched and published.

A network coordinator opens a round. IB'ers send a request, coaches keep a profile. A calculation
(`matching/`, pure) proposes the best possible pairs with reasons; the coordinator locks, excludes or chooses
pairs, calculates again, and publishes. From then on IB'er and coach see each other.
"""
