"""What teachers know, like, learn and want; who decides who sees it; and the map on which a school finds its gaps.

Whoever works at a school keeps records of her own and opens each to her school, to the network, or to nobody. IB'er
and leader see what their team can do and where it hangs on one person; anybody finds a colleague to ask.
"""
