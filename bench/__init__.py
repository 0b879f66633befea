"""Benchmarks: what zhibu costs, as ratios to a yardstick of the same run. `make bench` prints one table.

A row is a function of a module of this folder, named in `bench.rows`; it gets a `Made` and returns a
`Figure`. Each runs in a process of its own, so that its peak memory is its own.
"""
