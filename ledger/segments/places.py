"""Where segments lie: a folder of this machine, or an address that fsspec knows.

In: a path or an address. Out: its files: read as streams, written whole or not at all. Deliberately absent:
what is in them.

A file of a folder is written beside its name, readable by its owner only, synced and renamed. An object store
makes an object visible only when it is whole, which is the same promise.
"""

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from ledger.events.values.shown import shown
from ledger.segments.errors import SegmentsError, being_written
from ledger.words import Words

_LOCK = ".lock"
_MANIFEST, _PART = "manifest.json", ".jsonl.zst"
UNFINISHED = ".unfinished-"
# Of these addresses there is no list that could be relied on.
_WITHOUT_LISTS = ("http://", "https://")


class Place(Protocol):
    """A folder of files."""

    address: str

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """Return how many bytes each of some files has, those left out that are not there."""

    def names(self) -> list[str]:
        """List the files."""

    def read(self, name: str) -> BinaryIO:
        """Open a file for reading; FileNotFoundError where there is none."""

    def writing(self, name: str) -> Any:
        """Give a stream, in a `with`; the file is there, whole, once that ends without an exception."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def locked(self) -> Any:
        """Keep other writers away, in a `with`. SegmentsError where one is at work."""

    def make(self) -> None:
        """Make the folder where there is none."""


def place_of(address: str) -> Place:
    """Return the folder at a path, or at an address such as `s3://bucket/folder`."""
    scheme, colon, rest = address.partition("://")
    if not colon:
        _check_path(address)
        return Folder(Path(address))
    if scheme == "file":
        return Folder(Path("/" + rest.lstrip("/")))
    return Remote(address)


def check_apart(place: Place, ledger: Iterable[Path]) -> None:
    """Refuse a folder that would stand where a ledger's files do, or write over one. Raises SegmentsError."""
    if not isinstance(place, Folder):
        return
    folder = place.path.resolve()
    for file in (one.resolve() for one in ledger):
        ours = (
            file.name in (_MANIFEST, _LOCK) or file.name.endswith(_PART) or file.name.startswith(UNFINISHED)
        )
        if file in (folder, *folder.parents) or (file.parent == folder and ours):
            raise SegmentsError(
                Words(
                    f"{place.address}：台账本身的文件在这里，不能写分片：请换一个文件夹。",
                    f"{place.address}: a file of the ledger itself has its place here: give another folder.",
                )
            )


def _check_path(address: str) -> None:
    """Refuse what the file system can have no name for."""
    try:
        possible = b"\0" not in os.fsencode(address)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise SegmentsError(
            Words(
                f"{shown(address)} 不是文件夹的名字：请给出一个文件夹，或 s3:// 之类的地址。",
                f"{shown(address)} is no name of a folder: give a folder, or an address such as s3://.",
            )
        )


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = str(path)

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """Return how many bytes each of some files has, those left out that are not there."""
        found = {}
        for name in names:
            with suppress(FileNotFoundError, NotADirectoryError):
                found[name] = (self.path / name).stat().st_size
        return found

    def names(self) -> list[str]:
        """List the files; what killed writers left unfinished is removed meanwhile."""
        for path in self.path.glob(f"{UNFINISHED}*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return sorted(entry.name for entry in os.scandir(self.path) if entry.is_file())

    def read(self, name: str) -> BinaryIO:
        """Open a file for reading; FileNotFoundError where there is none."""
        return (self.path / name).open("rb")

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Give a stream; the file is there, whole and synced, once the block ends without an exception."""
        handle, beside = tempfile.mkstemp(prefix=UNFINISHED, dir=self.path)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, self.path / name)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError):
            (self.path / name).unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers of this machine away; a killed one's lock goes with it."""
        import fcntl

        with (self.path / _LOCK).open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise being_written(self.address) from None
            yield

    def make(self) -> None:
        """Make the folder where there is none."""
        self.path.mkdir(parents=True, exist_ok=True)


class Remote:
    """A folder at an address of fsspec."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise _needs_the_extra(address) from None
        try:
            self._files, self._root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise _no_such_address(address, error) from None

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """Return how many bytes each of some objects has, those left out that are not there."""
        if self.address.startswith(_WITHOUT_LISTS):
            return {name: size for name in names if (size := self._size(name)) is not None}
        found = {str(entry["name"]).rsplit("/", 1)[-1]: entry["size"] for entry in self._list(detail=True)}
        return {name: found[name] for name in names if name in found}

    def names(self) -> list[str]:
        """List the objects."""
        return sorted(str(path).rsplit("/", 1)[-1] for path in self._list(detail=False))

    def read(self, name: str) -> BinaryIO:
        """Open an object for reading; FileNotFoundError where there is none."""
        return cast("BinaryIO", self._files.open(self._at(name), "rb"))

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Give a stream; it is put there whole once the block ends without an exception."""
        # Spooled here first: some stores finish an object even when its writer failed in the middle.
        with tempfile.TemporaryFile() as spool:
            yield cast("BinaryIO", spool)
            spool.seek(0)
            with self._files.open(self._at(name), "wb") as stream:
                while block := spool.read(1 << 22):
                    stream.write(block)

    def remove(self, name: str) -> None:
        """Remove an object, if it is there."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._at(name))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers away as far as a store can: by an object that only one of them may make."""
        mark = self._at(_LOCK)
        if self._files.exists(mark):
            raise SegmentsError(
                Words(
                    f"另一个导出正在写 {self.address}，或曾在中途停下："
                    f"确认没有导出在运行后，删除其中的 {_LOCK} 再试。",
                    f"Another export is writing {self.address}, or stopped in the middle: "
                    f"if none is running, remove {_LOCK} there and try again.",
                )
            )
        self._files.pipe_file(mark, b"zhibu")
        try:
            yield
        finally:
            self.remove(_LOCK)

    def make(self) -> None:
        """Make the folder where there is none."""
        with suppress(NotImplementedError, PermissionError):
            self._files.makedirs(self._root, exist_ok=True)

    def _list(self, *, detail: bool) -> list[Any]:
        try:
            return list(self._files.ls(self._root, detail=detail, refresh=True))
        except FileNotFoundError:
            return []

    def _size(self, name: str) -> int | None:
        try:
            return cast("int", self._files.size(self._at(name)))
        except FileNotFoundError:
            return None

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def _needs_the_extra(address: str) -> SegmentsError:
    return SegmentsError(
        Words(
            f"要用 {address} 这样的地址，请先安装：pip install 'zhibu[cluster]'。",
            f"Addresses such as {address} need an extra: pip install 'zhibu[cluster]'.",
        )
    )


def _no_such_address(address: str, error: Exception) -> SegmentsError:
    return SegmentsError(
        Words(
            f"无法使用地址 {address}：{error}。请写文件夹的路径，或 s3://、az://、gs://、https:// 的地址。",
            f"The address {address} cannot be used: {error}. "
            "Name a folder, or an address of s3://, az://, gs:// or https://.",
        )
    )
