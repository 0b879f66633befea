"""Who is there: committees, the branches below them, and when each of them sits down to record.

In: how many branches, a seed. Out: trees, one after another, in order of code. Deliberately absent: what
happens in them (`year`).

A committee has 5 to 40 branches; in some, general branches stand between. Codes sort as the organisations
follow each other, so that a tree is one run of codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FEWEST, MOST = 5, 40
_WITH_GENERAL_BRANCHES = 0.15
_PLACES = (
    "文学院", "数学学院", "物理学院", "化学学院", "医学院", "第一医院",
    "第二医院", "图书馆", "机关", "后勤", "水务局", "林业局",
    "交通局", "教育局", "农科所", "设计院", "附属中学", "出版社",
)  # fmt: skip
_UNITS = ("教学", "科研", "行政", "学生", "内科", "外科", "护理", "财务", "退休", "综合", "工程", "检验")


@dataclass(frozen=True, slots=True)
class Organisation:
    """One of the tree. `number`: its place among all, from 0; `share`: the same as a part of all, below 1."""

    code: str
    name: str
    kind: str
    parent: str | None
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Tree:
    """A committee and what stands below it: its number, how many branches, where its organisations begin."""

    number: int
    branches: int
    general: int
    first: int

    @property
    def size(self) -> int:
        """How many organisations it has, the committee included."""
        return 1 + self.general + self.branches


@dataclass(frozen=True, slots=True)
class Forest:
    """All trees. `width`: of the numbers in codes; `size`: how many organisations there are."""

    trees: tuple[Tree, ...]
    width: int
    size: int

    def code(self, number: int) -> str:
        """Return the code of the committee of a tree."""
        return f"c{number:0{self.width}d}"

    def organisations(self, tree: Tree) -> Iterator[Organisation]:
        """Yield the organisations of a tree in order of code."""
        root = self.code(tree.number)
        place = _PLACES[tree.number % len(_PLACES)]
        round_ = tree.number // len(_PLACES)
        name = f"{place}{round_ + 1}" if round_ else place
        number = tree.first

        def made(code: str, called: str, kind: str, parent: str | None) -> Organisation:
            return Organisation(code, called, kind, parent, number, (number + 0.5) / self.size)

        yield made(root, f"{name}党委", "committee", None)
        for general in range(tree.general):
            number += 1
            yield made(f"{root}-a{general + 1}", f"{name}第{general + 1}党总支", "general_branch", root)
        for branch in range(tree.branches):
            number += 1
            # Every second branch stands below a general branch, where there is any.
            below = branch % 2 and tree.general
            parent = f"{root}-a{branch // 2 % tree.general + 1}" if below else root
            unit = _UNITS[branch % len(_UNITS)]
            called = f"{name}{unit}第{branch // len(_UNITS) + 1}党支部"
            yield made(f"{root}-b{branch + 1:02d}", called, "branch", parent)


def plant(branches: int, seed: int) -> Forest:
    """Return so many branches below committees."""
    dice = Random(f"{seed}/tree")  # noqa: S311 - nothing is kept secret by it
    trees: list[Tree] = []
    first, left = 0, branches
    while left:
        size = dice.randint(FEWEST, MOST)
        # What would be too few for a committee of its own joins the last one, as far as there is room.
        if left - size < FEWEST:
            size = left if left <= MOST else left - FEWEST
        size = min(size, left)
        general = dice.randint(2, 3) if size >= 12 and dice.random() < _WITH_GENERAL_BRANCHES else 0
        tree = Tree(len(trees), size, general, first)
        trees.append(tree)
        first += tree.size
        left -= size
    return Forest(tuple(trees), max(4, len(str(len(trees)))), first)
