"""The JSON interface: `/api/v1`, for other programs; the same desk, rights and checks as the pages."""
