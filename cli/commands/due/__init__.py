"""`zhibu due`: what is still to be done, as tables, JSON and calendar."""
