"""What the store says to its database: addresses, tables, statements of each dialect, faults in our words."""
