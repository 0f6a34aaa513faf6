"""Small groups of IB'ers from different schools, who look together at each other's questions.

IB'ers sign up with the half-days on which they can come and what they would like to bring. A calculation
(`grouping/`, pure) proposes groups in which as many people as possible have a place and everybody meets people
who look from elsewhere at what they share; the coordinator moves, locks and publishes.
"""
