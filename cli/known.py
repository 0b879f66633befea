"""The rubrics that a command may name: shipped ones and those of a person's own folders by id, files by path.

In: what stands on the command line; the folders that ZHIBU_RUBRICS names, separated as in PATH. Out: loaded
rubrics, and what intake must know of them; each is read when it is asked for. Deliberately absent: what a
rubric means.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.context import SaysNo, WrongUsage
from ledger.words import Words
from rubrics.load import Loaded, ids_in, load, shipped
from rubrics.problems import RubricError, UnknownRubricError

if TYPE_CHECKING:
    from ledger.checks import ClauseFacts


def load_rubric(name: str) -> Loaded:
    """Read a rubric by id or path. Raises WrongUsage where there is none, SaysNo where it is no good."""
    try:
        return find_rubric(name)
    except UnknownRubricError as error:
        words = problem_words(error)
        if name.endswith((".yaml", ".yml")) or os.sep in name:
            raise WrongUsage(words) from None
        raise WrongUsage(
            Words(
                f"{words.zh}\n自己的细则：给出文件的路径，或把文件放进环境变量 ZHIBU_RUBRICS 所列的文件夹。",
                f"{words.en}\nA rubric of your own: give its file's path, or put the file into a folder that "
                "ZHIBU_RUBRICS names.",
            )
        ) from None
    except RubricError as error:
        raise SaysNo(problem_words(error)) from None


def find_rubric(name: str) -> Loaded:
    """Read a rubric by id or path. Raises UnknownRubricError, RubricError."""
    return load(name, _folders())


def known_ids() -> list[str]:
    """List the ids by which a rubric can be named: shipped ones, then those of the person's own folders."""
    return list(dict.fromkeys([*shipped(), *ids_in(_folders())]))


def not_at_hand(rubric_id: str) -> Words:
    """Say that a rubric which the log names cannot be read, and what to do about it."""
    return Words(
        f"提醒：找不到考核细则 {rubric_id}：请把它的文件 {rubric_id}.yaml 放进环境变量 ZHIBU_RUBRICS "
        "所列的文件夹。",
        f"note: the rubric {rubric_id} is not at hand: put its file {rubric_id}.yaml into a folder that "
        "ZHIBU_RUBRICS names.",
    )


def _folders() -> list[Path]:
    return [Path(part).expanduser() for part in os.environ.get("ZHIBU_RUBRICS", "").split(os.pathsep) if part]


def problem_words(error: RubricError) -> Words:
    """Say every problem of a rubric file, one a line."""
    more = error.total - len(error.problems)
    return Words(
        "\n".join(p.sentence("zh") for p in error.problems) + (f"\n另有 {more} 处。" if more else ""),
        "\n".join(p.sentence("en") for p in error.problems) + (f"\nand {more} more." if more else ""),
    )


class Known(Mapping[str, "Mapping[str, ClauseFacts]"]):
    """What intake must know of the rubrics that events name; a rubric is read when it is looked up."""

    def __init__(self, own: Sequence[Loaded] = ()) -> None:
        self._loaded = {loaded.rubric.id: loaded for loaded in own}
        self._ids = {*known_ids(), *self._loaded}

    def __getitem__(self, rubric_id: str) -> "Mapping[str, ClauseFacts]":
        """Return the clauses of a rubric by id. Raises KeyError where there is no such rubric."""
        from ledger.checks import ClauseFacts

        if rubric_id not in self._ids:
            raise KeyError(rubric_id)
        if rubric_id not in self._loaded:
            self._loaded[rubric_id] = load_rubric(rubric_id)
        rubric = self._loaded[rubric_id].rubric
        return {
            clause.id: ClauseFacts(100_00 if clause.graded else clause.points, clause.graded)
            for clause in rubric.clauses()
        }

    def __contains__(self, rubric_id: object) -> bool:
        return rubric_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        return len(self._ids)
