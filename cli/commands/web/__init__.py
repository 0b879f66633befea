"""The web door's commands: the server, and who may come in."""
