"""Tables of people's own: found in a file, understood column by column, read row by row."""
