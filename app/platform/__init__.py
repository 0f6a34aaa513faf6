"""For who runs the platform: which networks there are, and the national register that all of them use.

Nothing here enters a network: an operator sees that it is there and how large it is, never who is in it.
"""
