"""The text of a rubric file → a checked `Rubric` with its text and digest.

In: the text of a file, or its path. Out: `Loaded`. Every fault of the file is found and said with its line
and key path, as `RubricError`. Deliberately absent: which forms there are (`library`), judging sums and names
(`lint`), any cache.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from ledger.problems import Problem
from rubrics.model import Rubric
from rubrics.problems import RubricError, UnknownRubricError, build_problem
from rubrics.reader.refusals import word_errors
from rubrics.reader.yaml_tree import Tree, parse_tree

LARGEST = 1_000_000


@dataclass(frozen=True)
class Loaded:
    """A rubric with what it was read from.

    `text`: the whole file, newlines as \\n. `digest`: "sha256:" and the hex digest of the text's UTF-8
    bytes. `file`: the name that messages give it.
    """

    rubric: Rubric
    text: str
    digest: str
    file: str

    @cached_property
    def tree(self) -> Tree:
        """The values of the file and their lines."""
        return parse_tree(self.text, self.file)


def parse_rubric(text: str, file: str) -> Loaded:
    """Turn the text of a rubric file into a rubric. Raises RubricError with every problem found."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:
        raise RubricError([_no_utf8(file, text.count("\n", 0, error.start) + 1)]) from None
    if len(encoded) > LARGEST:
        raise RubricError([_too_large(file)])
    tree = parse_tree(text, file)
    if tree.problems:
        raise RubricError(tree.problems)
    try:
        rubric = Rubric.model_validate(tree.data)
    except ValidationError as error:
        raise word_errors(error, tree, file) from None
    return Loaded(rubric, text, "sha256:" + sha256(encoded).hexdigest(), file)


def read_text(path: Path) -> str:
    """Read a whole file. Raises UnknownRubricError where there is none, RubricError where it is no text."""
    name = str(path)
    try:
        with path.open("rb") as source:
            content = source.read(LARGEST + 1)
    except FileNotFoundError:
        zh, en = "没有这个文件", "there is no such file"
        raise UnknownRubricError([build_problem(name, (), zh, en)]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RubricError(
            [build_problem(name, (), f"无法读取：{reason}", f"cannot be read: {reason}")]
        ) from None
    if len(content) > LARGEST:
        raise RubricError([_too_large(name)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RubricError([_no_utf8(name, content.count(b"\n", 0, error.start) + 1)]) from None


def _no_utf8(file: str, line: int) -> Problem:
    return build_problem(
        file, (), "不是 UTF-8 文本：请另存为 UTF-8", "is not UTF-8 text: save it as UTF-8", line=line
    )


def _too_large(file: str) -> Problem:
    return build_problem(
        file, (), "文件超过 1 MB，不像是一份细则", "the file is larger than 1 MB: this is no rubric"
    )
