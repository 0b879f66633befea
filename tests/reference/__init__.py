"""The naive reference scorer: the page on scoring once more, slow and obvious, to check the engine by.

In: events as plain dicts, a rubric, a period, a day. Out: the `scores` that a replay must answer.
Deliberately absent: anything of the engine; columns, plans, speed. Fractions and whole hundredths only.
"""
