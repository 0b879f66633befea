"""The one way in: events are parsed, checked against their stream, given ids, appended in one transaction."""
