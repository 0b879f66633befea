"""The history of the tables, run by `ledger.setup`."""
