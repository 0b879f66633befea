"""Who may do what: actors, roles, rights; and the accounts, sessions, tokens and visits that prove an actor.

In: the log's organisations, tables kept beside the log. Out: decisions, taken in one place for every door.
Deliberately absent: HTTP, pages, the clock; and rights that follow from events: an office held is no right.
"""
