"""What should be known the moment something is entered, whatever it counts for."""
