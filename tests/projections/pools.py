"""Pools of processes, forked from one that has loaded everything (see `tests.forked`) instead of spawned."""

from projections.engine import jobs


def fork_them() -> None:
    """Have every process of a pool that begins here forked from now on."""
    jobs.START = "forkserver"
