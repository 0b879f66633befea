"""The desk and what it hands out: answers for one actor, forms by id, members with the names to be seen."""
