"""Rubric files as text → values with places → a checked rubric, or sentences about the file."""
