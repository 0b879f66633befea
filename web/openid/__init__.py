"""A provider of identities (OpenID Connect): which one, what is asked of it, and how it is reached."""
