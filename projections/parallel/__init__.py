"""One replay by many: buckets of segments folded by processes, or by the workers of a cluster.

In: a folder of segments, a form, a period, a day. Out: the answer that a ledger's replay gives, byte for
byte. Deliberately absent: what a branch scores (`engine`) and how a score is written (`answers`).
"""
