"""From entries to obligations: lead times, what is at stake, working days."""
