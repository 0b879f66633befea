"""The siege: faults that are tried again and again, and a table of what survived; `make soak`."""
