"""Pages of whoever enters: coming in, their own account, and a ledger to begin with."""
