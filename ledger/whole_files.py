"""The one door for every file that the program writes: whole or not at all, and never over a ledger.

In: where a file shall be, what must never be written over, and what is to be in it. Out: the file, or
`NotWritten` and what was there before. Deliberately absent: what files hold, folders of segments, standard
output.

1. See what is at the place. A link is followed, so that a file stays where its owner put it; the ledger's own
   files, devices, pipes and folders are refused.
2. Write beside it, in a hidden file that only its owner may read. What a killed run left there is removed.
3. Have the disk hold it, give it its rights, and rename it.
"""

import errno
import glob
import io
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from ledger.errors import NotWritten
from ledger.words import Words

_LEDGER = re.compile(r"sqlite(?:\+\w+)?:///([^?]+)")
_ENDING = ".unfinished"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

FULL = Words(
    zh="磁盘已满：请腾出空间后再试，原有的文件没有改动",
    en="the disk is full: make room and retry; what was there before is unchanged",
)
_LEDGERS = Words(
    zh="这是台账本身的文件，不能写到这里：请换一个文件名",
    en="this is a file of the ledger itself, which nothing may be written over: give another name",
)
_NO_FILE = Words(
    zh="此处是文件夹、设备或管道，不是文件：请换一个文件名",
    en="a folder, a device or a pipe is there, not a file: give another name",
)
_THERE = Words(
    zh="须为新文件，此处已有一个：请换一个名字",
    en="must be a new file, there is one already: give another name",
)
_NO_FOLDER = Words(
    zh="所在的文件夹不存在：请先建立，或换一个位置",
    en="its folder does not exist: make it first, or give another place",
)
_RIGHTS = Words(
    zh="没有写入权限：请检查文件夹的权限，或换一个位置",
    en="may not be written: check the rights of its folder, or give another place",
)


def ledger_files(url: str) -> list[Path]:
    """Return the files of the ledger at an address: none for one on a server, or for no address at all."""
    if (found := _LEDGER.match(url)) is None:
        return []
    # A link leads to the files that SQLite writes beside what it leads to.
    files = {Path(found[1]).absolute(), Path(found[1]).resolve()}
    return [Path(f"{file}{ending}") for file in files for ending in ("", "-wal", "-shm", "-journal")]


@contextmanager
def whole_file(
    target: Path, *, never: Iterable[Path] = (), private: bool = False, new: bool = False
) -> Iterator[BinaryIO]:
    """Give a stream; what was written to it is the file, once the block ends without an exception.

    Options as of `unfinished_file`. Raises NotWritten.
    """
    with unfinished_file(target, never=never, private=private, new=new) as path:
        sink = _Sink(path)
        stream = io.BufferedWriter(cast("io.RawIOBase", sink))
        try:
            yield cast("BinaryIO", stream)
            stream.flush()
        except Exception as error:
            # What was in the middle of writing may have made another exception of it.
            if sink.error is not None:
                raise NotWritten(target, reason_of(sink.error)) from error
            raise
        finally:
            # The stream stays open: what was in the middle of writing writes to it when it is thrown away.
            sink.let_go()


@contextmanager
def unfinished_file(
    target: Path, *, never: Iterable[Path] = (), private: bool = False, new: bool = False
) -> Iterator[Path]:
    """Give the name of an empty file beside `target`, which takes its place once the block ends.

    `never` are files that must not be written over, nor through a link. `private`: nobody but the owner may
    read it; else it has the rights that the file before it had. `new`: NotWritten where there is one
    already. Raises NotWritten, in the block, too, where the disk is full or refuses.
    """
    place = _checked(target, never, new)
    with _said_of(target):
        _clean(place)
        beside, lock = _make(place)
    try:
        yield beside
        with _said_of(target):
            _keep(beside)
            _take_place(beside, place, private=private, new=new)
            _keep(place.parent)
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            Path(f"{beside}{ending}").unlink(missing_ok=True)
        os.close(lock)


def _checked(target: Path, never: Iterable[Path], new: bool) -> Path:
    """Return where the file is to be, links followed; raises NotWritten where it may not be."""
    try:
        os.fsencode(target)
        place = target.resolve()
    except (OSError, RuntimeError, ValueError):
        raise NotWritten(target, _NO_FILE) from None
    if any(place == other.resolve() or _same(place, other) for other in never):
        raise NotWritten(target, _LEDGERS)
    with _said_of(target):
        there = place.exists()
        if new and (there or os.path.lexists(target)):
            raise NotWritten(target, _THERE)
        if there and not stat.S_ISREG(place.stat().st_mode):
            raise NotWritten(target, _NO_FILE)
        if not place.parent.is_dir():
            raise NotWritten(target, _NO_FOLDER)
    return place


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _clean(place: Path) -> None:
    """Remove what killed runs left beside a file: whoever is at work holds a lock on its own."""
    for left in place.parent.glob(f".{glob.escape(place.name)}.*{_ENDING}*"):
        with suppress(OSError):
            handle = os.open(left, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            try:
                if _lock(handle) and _is_at(handle, left):
                    left.unlink()
            finally:
                os.close(handle)


def _make(place: Path) -> tuple[Path, int]:
    for _ in range(10_000):
        # A long name leaves no room for more: the file system counts bytes, which need not be text.
        name = os.fsdecode(os.fsencode(place.name)[:200])
        # A name that comes again would be another's by the time that this one is done with it.
        beside = place.with_name(f".{name}.{os.getpid()}-{secrets.token_hex(4)}{_ENDING}")
        with suppress(FileExistsError):
            handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            # Before it is locked, whoever cleans up beside us takes it for one that was left, and removes it.
            if _lock(handle) and _is_at(handle, beside):
                return beside, handle
            os.close(handle)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))


def _is_at(handle: int, path: Path) -> bool:
    """Say whether an open file still has its name."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


def _lock(handle: int) -> bool:
    """Lock a file for as long as this process lives; return False where another has it."""
    try:
        import fcntl
    except ImportError:
        # There an open file cannot be removed.
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_place(beside: Path, place: Path, *, private: bool, new: bool) -> None:
    mode = 0o600
    if not private:
        try:
            mode = stat.S_IMODE(place.stat().st_mode)
        except FileNotFoundError:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
    beside.chmod(mode)
    if not new:
        beside.replace(place)
        return
    try:
        # Unlike a rename, this refuses a file that has appeared in the meantime.
        place.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        # There are file systems without links.
        beside.rename(place)


def _keep(path: Path) -> None:
    """Have the disk hold a file's or a folder's content before anybody relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # There are file systems that cannot sync a folder.
        if not (error.errno == errno.EINVAL and path.is_dir()):
            raise
    finally:
        os.close(handle)


@contextmanager
def _said_of(target: Path) -> Iterator[None]:
    """Say what the system complains about, of the file that was asked for."""
    try:
        yield
    except OSError as error:
        raise NotWritten(target, reason_of(error)) from error


def reason_of(error: OSError) -> Words:
    """Return what an error of the file system means, and what to do."""
    if isinstance(error, FileExistsError):
        return _THERE
    if error.errno in _FULL:
        return FULL
    if error.errno in _NO_RIGHT:
        return _RIGHTS
    if error.errno == errno.ENOENT:
        return _NO_FOLDER
    reason = error.strerror or type(error).__name__
    return Words(zh=f"无法写入（{reason}）", en=f"cannot be written ({reason})")


class _Sink(io.RawIOBase):
    """A file that, once it could not be written to, takes everything and keeps nothing.

    What writes archives writes their end when it is thrown away, too, and would complain on the terminal.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("r+b", buffering=0)
        self._at = 0
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        written = self._tried(lambda: self._file.write(content), len(content))
        self._at += written
        return written

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        guess = offset if whence == io.SEEK_SET else self._at + offset
        self._at = self._tried(lambda: self._file.seek(offset, whence), max(0, guess))
        return self._at

    def tell(self) -> int:
        return self._at

    def truncate(self, size: int | None = None) -> int:
        return self._tried(lambda: self._file.truncate(size), self._at)

    def let_go(self) -> None:
        """Close the file; whatever is written from now on is kept nowhere."""
        self._file.close()
        self.error = self.error or OSError("the file is closed")

    def _tried(self, work: Callable[[], int], otherwise: int) -> int:
        if self.error is not None:
            return otherwise
        try:
            return work()
        except OSError as error:
            self.error = error
            raise
