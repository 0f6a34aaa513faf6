"""Who somebody is, before any network: e-mail and password, sessions, lock-out, the networks one belongs to.

One identity can be a person in several networks. Nothing here knows what the person does there.
"""
