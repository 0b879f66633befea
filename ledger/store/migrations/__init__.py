"""The history of the tables, run by `ledger.store.setup`."""
