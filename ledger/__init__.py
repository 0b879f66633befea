"""The ledger: what a branch logs, checked and appended once, never changed."""
