"""The header of a table: which row it is, what its columns mean, of which type the rows are."""
