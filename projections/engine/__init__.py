"""The replay: a fold over the effective events of one branch at a time.

In: the log, a rubric, a period, a day. Out: entries, scores, obligations, impact, as typed values with points
in whole hundredths. Deliberately absent: words, JSON, tables, the clock.
"""
