"""The rows under a header as events, one reader and what it asks."""
