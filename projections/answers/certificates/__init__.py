"""Certificates: what is sealed, and whether it still holds."""
