"""Pages, one family a module: from an `Ask` to an answer."""
