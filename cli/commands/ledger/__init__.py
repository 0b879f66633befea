"""Commands about the ledger itself: `init`, `history`, `verify`, `head`, `backup`, `people`."""
