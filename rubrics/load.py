"""A rubric file, or the id of a form → a checked `Rubric` with its text and digest.

In: an id (`college-staff-branch-2019`) and the folders to search besides the shipped forms, a path, or the
text itself. Out: `Loaded`. Every fault of the file is
found and said with its line and key path, as `RubricError`. Deliberately absent: judging sums and names
(`lint`), any cache.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from rubrics.model import Rubric
from rubrics.problems import RubricError, RubricProblem, UnknownRubricError, shorten, suggest
from rubrics.wording import word_errors
from rubrics.yamltree import Tree, parse_tree

LARGEST = 1_000_000
_ENDINGS = (".yaml", ".yml")
_EXAMPLES = ".examples.yaml"


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


def shipped() -> tuple[str, ...]:
    """List the ids of the forms that come with the program."""
    names = (entry.name for entry in resources.files("rubrics").joinpath("forms").iterdir())
    return tuple(
        sorted(
            name.removesuffix(".yaml")
            for name in names
            if name.endswith(".yaml") and not name.endswith(_EXAMPLES)
        )
    )


def ids_in(folders: Iterable[Path]) -> tuple[str, ...]:
    """List the ids that files of some folders are named by; what cannot be read has none."""
    return tuple(path.name.removesuffix(path.suffix) for folder in folders for path in _files(folder))


def load(id_or_path: str | os.PathLike[str], folders: Sequence[Path] = ()) -> Loaded:
    """Read a form by its id, among the shipped ones first and then in the folders, or a file by its path.

    A path is what is no text, ends in .yaml or .yml, or holds a separator. In a folder, a form's file is
    named by its id. Raises UnknownRubricError where there is no such form or file, RubricError for what is
    wrong with it.
    """
    name = os.fspath(id_or_path)
    is_path = not isinstance(id_or_path, str) or name.endswith(_ENDINGS) or "/" in name or os.sep in name
    if is_path:
        return parse_rubric(read_text(Path(name)), name)
    ids = shipped()
    if name not in ids:
        for path in (path for folder in folders for path in _files(folder)):
            if path.name.removesuffix(path.suffix) == name:
                return _own(path, name)
        zh, en = suggest(name, [*ids, *ids_in(folders)])
        word = shorten(name)
        raise UnknownRubricError(
            [RubricProblem(word, "", f"没有这份细则{zh}", f"there is no such rubric{en}")]
        )
    file = f"{name}.yaml"
    return parse_rubric(resources.files("rubrics").joinpath("forms", file).read_text("utf-8"), file)


def _own(path: Path, name: str) -> Loaded:
    """Read a file of a folder, which must hold the form that its name says."""
    loaded = parse_rubric(read_text(path), str(path))
    if loaded.rubric.id != name:
        found = shorten(loaded.rubric.id)
        zh = f"应为 {name}，与文件名相同，实际为 {found}"
        raise RubricError(
            [RubricProblem(str(path), "id", zh, f"must be {name}, as the file's name, got {found}")]
        )
    return loaded


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in found if path.suffix in _ENDINGS and not path.name.endswith(_EXAMPLES)]


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
        raise UnknownRubricError([RubricProblem(name, "", zh, en)]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RubricError(
            [RubricProblem(name, "", f"无法读取：{reason}", f"cannot be read: {reason}")]
        ) from None
    if len(content) > LARGEST:
        raise RubricError([_too_large(name)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RubricError([_no_utf8(name, content.count(b"\n", 0, error.start) + 1)]) from None


def _no_utf8(file: str, line: int) -> RubricProblem:
    return RubricProblem(
        file, "", "不是 UTF-8 文本：请另存为 UTF-8", "is not UTF-8 text: save it as UTF-8", line=line
    )


def _too_large(file: str) -> RubricProblem:
    return RubricProblem(
        file, "", "文件超过 1 MB，不像是一份细则", "the file is larger than 1 MB: this is no rubric"
    )
