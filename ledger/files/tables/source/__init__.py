"""Files as tables of cells, before anybody knows what they mean."""
