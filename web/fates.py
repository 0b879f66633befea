"""What became of stored events: which stand, which were retracted or corrected, by what."""
