"""What a field may hold: kinds of values, how each is parsed, described and refused."""
