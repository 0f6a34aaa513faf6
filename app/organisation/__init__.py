"""The network as it is: its boards, schools and people, who works where, and in which role.

The national register ships with the product: a network that is made has its boards and schools at once.
"""
