"""Which forms there are, and how one is found: by its id, or by the path of its file.

In: the folders of a person's own forms (the environment variable ZHIBU_RUBRICS lists them), ids and paths.
Out: loaded rubrics; what cannot be used is raised as `RubricError` where one form is asked for, and comes
back as `Unusable` where several are, so that one broken file hides no other. Deliberately absent: what a
rubric means, who has adopted it, any cache of what its owner may change.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.words import Words
from rubrics.problems import RubricError, UnknownRubricError, build_problem, shorten, suggest

if TYPE_CHECKING:
    # What reads forms is imported when one is read: whoever logs in a branch without a form needs none.
    from rubrics.reader.loaded import Loaded

VARIABLE = "ZHIBU_RUBRICS"
"""The environment variable that lists a person's own folders, separated as in PATH."""

_ENDINGS = (".yaml", ".yml")
_EXAMPLES = ".examples"


@dataclass(frozen=True, slots=True)
class Unusable:
    """A form that is named, by a folder or by the log, and cannot be used; `error` says why."""

    id: str
    error: RubricError

    @classmethod
    def absent(cls, id_: str) -> "Unusable":
        """Build what is told of a form that is nowhere."""
        return cls(id_, UnknownRubricError([]))

    @property
    def missing(self) -> bool:
        """Whether there is no such form at all, rather than a form with faults."""
        return isinstance(self.error, UnknownRubricError)

    @property
    def words(self) -> Words:
        """Say it, and what to do about it."""
        if self.missing:
            return Words(
                f"找不到考核细则 {self.id}：请把它的文件 {self.id}.yaml 放进环境变量 {VARIABLE} "
                "所列的文件夹。",
                f"the rubric {self.id} is not at hand: put its file {self.id}.yaml into a folder that "
                f"{VARIABLE} names.",
            )
        first = self.error.problems[0]
        return Words(
            f"考核细则 {self.id} 无法使用：{first.sentence('zh')}"
            f"（zhibu rubric check {first.file} 可列出全部问题）",
            f"the rubric {self.id} cannot be used: {first.sentence('en')} "
            f"(`zhibu rubric check {first.file}` lists everything)",
        )


@dataclass(frozen=True, slots=True)
class Library:
    """The shipped forms, and those of some folders, in which a form's file is named by its id."""

    folders: Sequence[Path] = ()

    @classmethod
    def named_by(cls, environ: Mapping[str, str]) -> "Library":
        """Open the folders that an environment names."""
        named = environ.get(VARIABLE, "").split(os.pathsep)
        return cls(tuple(Path(part).expanduser() for part in named if part))

    def ids(self) -> tuple[str, ...]:
        """List the ids by which a form can be named: shipped ones, then those of the folders."""
        return tuple(dict.fromkeys([*shipped(), *(_id_of(path) for path in self._files())]))

    def load(self, id_or_path: str | os.PathLike[str]) -> "Loaded":
        """Read a form by its id, first among the shipped ones, then in the folders; or a file by its path.

        A path is what is no text, ends in .yaml or .yml, or holds a separator. Raises UnknownRubricError
        where there is no such form or file, RubricError for what is wrong with it, faults that `lint` calls
        errors included: nobody is scored by a form that its check refuses.
        """
        loaded = self.read(id_or_path)
        if id_or_path not in shipped():
            refuse_faulty(loaded)
        return loaded

    def read(self, id_or_path: str | os.PathLike[str]) -> "Loaded":
        """Read a form as `load` does, but take one whose shape is sound whatever its check says."""
        from rubrics.reader.loaded import parse_rubric, read_text

        name = os.fspath(id_or_path)
        if not isinstance(id_or_path, str) or is_path(name):
            return parse_rubric(read_text(Path(name)), name)
        if name in shipped():
            return _shipped(name)
        own = next((path for path in self._files() if _id_of(path) == name), None)
        if own is None:
            raise self._unknown(name)
        return _own(own, name)

    def take(self, ids: Iterable[str]) -> "tuple[list[Loaded], list[Unusable]]":
        """Read several forms; what cannot be used is told beside those that can."""
        usable: list[Loaded] = []
        unusable: list[Unusable] = []
        for id_ in dict.fromkeys(ids):
            try:
                usable.append(self.load(id_))
            except RubricError as error:
                unusable.append(Unusable(id_, error))
        return usable, unusable

    def examples_of(self, id_: str) -> tuple[str, str] | None:
        """Return the text of a shipped form's examples and their file's name; None where there are none."""
        file = f"{id_}{_EXAMPLES}.yaml"
        beside = _forms().joinpath(file)
        return (beside.read_text("utf-8"), file) if id_ in shipped() and beside.is_file() else None

    def _files(self) -> list[Path]:
        return [path for folder in self.folders for path in _files_in(folder)]

    def _unknown(self, name: str) -> UnknownRubricError:
        zh, en = suggest(name, self.ids())
        return UnknownRubricError(
            [
                build_problem(
                    shorten(name),
                    (),
                    f"没有这份细则{zh}\n自己的细则：给出文件的路径，或把文件放进环境变量 {VARIABLE} "
                    "所列的文件夹。",
                    f"there is no such rubric{en}\nA rubric of your own: give its file's path, or put the "
                    f"file into a folder that {VARIABLE} names.",
                )
            ]
        )


def refuse_faulty(loaded: "Loaded") -> None:
    """Raise RubricError with the errors that the check of a form finds, if there are any."""
    from rubrics.lint import errors_of

    if faults := errors_of(loaded):
        raise RubricError(faults)


def is_path(name: str) -> bool:
    """Tell whether a text names a rubric by its file's path rather than by its id."""
    return name.endswith(_ENDINGS) or "/" in name or os.sep in name


@cache
def shipped() -> tuple[str, ...]:
    """List the ids of the forms that come with the program."""
    names = (entry.name for entry in _forms().iterdir())
    ids = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return tuple(sorted(id_ for id_ in ids if not id_.endswith(_EXAMPLES)))


@cache
def _shipped(name: str) -> "Loaded":
    """Read a form that comes with the program, once: nobody changes it while the program runs."""
    from rubrics.reader.loaded import parse_rubric

    file = f"{name}.yaml"
    return parse_rubric(_forms().joinpath(file).read_text("utf-8"), file)


def load(id_or_path: str | os.PathLike[str], folders: Sequence[Path] = ()) -> "Loaded":
    """Read a form by its id or path; see `Library.load`."""
    return Library(folders).load(id_or_path)


def _forms() -> resources.abc.Traversable:
    return resources.files("rubrics").joinpath("forms")


def _id_of(path: Path) -> str:
    return path.name.removesuffix(path.suffix)


def _files_in(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in found if path.suffix in _ENDINGS and not _id_of(path).endswith(_EXAMPLES)]


def _own(path: Path, name: str) -> "Loaded":
    """Read a file of a folder, which must hold the form that its name says."""
    from rubrics.reader.loaded import parse_rubric, read_text

    loaded = parse_rubric(read_text(path), str(path))
    if loaded.rubric.id != name:
        found = shorten(loaded.rubric.id)
        zh = f"应为 {name}，与文件名相同，实际为 {found}"
        raise RubricError(
            [build_problem(str(path), ("id",), zh, f"must be {name}, as the file's name, got {found}")]
        )
    return loaded
