"""The types of events, one module a family: each a frozen model of its payload."""
