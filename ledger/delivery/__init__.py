"""Messages on their way out: an outbox, and the recipients that it is for."""
