"""The web door: pages and a JSON interface over the same projections and the same one way in.

In: requests. Out: pages, JSON, events. Deliberately absent: anything that the command line does not ask in
the same words; rights (`ledger.access`), sentences about the domain (`projections.text`).
"""
