"""The log as a folder of slices, which any number of processes and machines can read side by side.

In: a ledger, or a folder written before. Out: `bucket-….jsonl.zst` with the lines of a full export by branch
and position, `organisations.jsonl.zst` with what concerns the tree, and `manifest.json`, which says what
belongs together. Deliberately absent: scores (`projections`), and any way to change the log.
"""
