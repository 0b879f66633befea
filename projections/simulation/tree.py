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
_COLLEGE = (
    "教师", "科研", "行政", "实验室", "研究生", "本科生",
    "辅导员", "教务", "资料室", "离退休", "后勤", "综合",
)  # fmt: skip
_MEDICAL_COLLEGE = (
    "基础医学系", "临床医学系", "护理系", "药学系", "公共卫生系", "机关",
    "影像系", "检验系", "口腔系", "研究生", "离退休", "后勤",
)  # fmt: skip
_HOSPITAL = (
    "内科", "外科", "护理", "妇产科", "儿科", "门诊",
    "急诊", "药剂", "医技", "行政", "后勤", "离退休",
)  # fmt: skip
_BUREAU = (
    "办公室", "人事", "财务", "规划", "法规", "审批",
    "监督", "执法", "信息", "服务中心", "离退休", "综合",
)  # fmt: skip
_INSTITUTE = (
    "研究一室", "研究二室", "设计", "工程", "测试", "信息",
    "推广", "科管", "行政", "后勤", "离退休", "综合",
)  # fmt: skip
_SCHOOL = (
    "语文组", "数学组", "英语组", "理化组", "文综组", "体艺组",
    "初中部", "高中部", "教务", "行政", "后勤", "离退休",
)  # fmt: skip
_PUBLIC = (
    "采编", "阅览", "发行", "技术", "读者服务", "编辑",
    "人事", "财务", "行政", "后勤", "离退休", "综合",
)  # fmt: skip
_PLACES = (
    ("医学院", _MEDICAL_COLLEGE), ("文学院", _COLLEGE), ("第一医院", _HOSPITAL), ("水务局", _BUREAU),
    ("农科所", _INSTITUTE), ("数学学院", _COLLEGE), ("物理学院", _COLLEGE), ("第二医院", _HOSPITAL),
    ("林业局", _BUREAU), ("设计院", _INSTITUTE), ("附属中学", _SCHOOL), ("化学学院", _COLLEGE),
    ("交通局", _BUREAU), ("图书馆", _PUBLIC), ("教育局", _BUREAU), ("出版社", _PUBLIC),
)  # fmt: skip
"""What a committee is called, and the units that there are in such a place."""
_NUMERALS = "一二三四五六七八九"


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
        place, units = _PLACES[tree.number % len(_PLACES)]
        round_ = tree.number // len(_PLACES)
        name = f"{place}{round_ + 1}" if round_ else place
        number = tree.first

        def made(code: str, called: str, kind: str, parent: str | None) -> Organisation:
            return Organisation(code, called, kind, parent, number, (number + 0.5) / self.size)

        yield made(root, f"{name}党委", "committee", None)
        for general in range(tree.general):
            number += 1
            called = f"{name}第{_NUMERALS[general]}党总支"
            yield made(f"{root}-a{general + 1}", called, "general_branch", root)
        for branch in range(tree.branches):
            number += 1
            # Every second branch stands below a general branch, where there is any.
            below = branch % 2 and tree.general
            parent = f"{root}-a{branch // 2 % tree.general + 1}" if below else root
            again, unit = divmod(branch, len(units))
            several = again or branch + len(units) < tree.branches
            which = f"第{_NUMERALS[again]}" if several else ""
            called = f"{name}{units[unit]}{which}党支部"
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
