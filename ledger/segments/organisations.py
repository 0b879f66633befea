"""What concerns the tree as a whole: the lines that lie in the organisations' file as well.

In: events of a branch in order. Out: those that others must know of. Deliberately absent: what follows from
them.
"""

ABOUT_ORGANISATIONS = frozenset(
    {
        "branch_registered",
        "branch_renamed",
        "branch_moved",
        "branch_dissolved",
        "rubric_adopted",
        "rubric_dropped",
        "metric_reported",
    }
)
CONTROLS = frozenset({"event_retracted", "event_corrected"})


class Concerned:
    """Tells, event by event in the order of the log, which concern the tree: those types, what corrects or
    retracts one of them, and what retracts such a correction.
    """

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def concerns(self, event_id: str, type_word: str, target: str | None) -> bool:
        """Whether an event does; `target` is what a correction or a retraction names."""
        if type_word in ABOUT_ORGANISATIONS or (type_word in CONTROLS and target in self._ids):
            self._ids.add(event_id)
            return True
        return False
