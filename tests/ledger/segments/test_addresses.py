"""Segments at addresses: in a store of objects, and read over http from another place."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import pytest

from tests.program import Program


@pytest.fixture
def address() -> str:
    return f"memory://segments-{uuid4().hex}"


def test_a_store_of_objects_holds_segments_as_a_folder_does(
    whole: Program, empty: Program, address: str
) -> None:
    end = whole.head()["position"]
    whole.ok("export", "--segments", address, "--upto", str(end // 2), "--buckets", "2")
    whole.ok("export", "--segments", address)
    assert f"up to position {end}" in whole.ok("segments", "check", address).out
    empty.ok("import", "--restore", "--segments", address)
    assert empty.head() == whole.head()


def test_a_changed_object_is_told(whole: Program, address: str) -> None:
    import fsspec

    whole.ok("export", "--segments", address, "--buckets", "2")
    files = fsspec.filesystem("memory")
    path = f"{address.removeprefix('memory:/')}/organisations.jsonl.zst"
    files.pipe_file(path, b"x" + files.cat_file(path)[1:])
    result = whole("segments", "check", address)
    assert (result.status, "organisations.jsonl.zst" in result.err) == (1, True)


def test_another_writer_of_a_store_is_told(whole: Program, address: str) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe_file(f"{address.removeprefix('memory:/')}/.lock", b"")
    result = whole("export", "--segments", address)
    assert (result.status, "Another export is writing" in result.err) == (1, True)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class says so
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and its address on this machine's loopback."""
    folder = tmp_path / "served"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_segments_are_read_over_http(whole: Program, empty: Program, served: tuple[Path, str]) -> None:
    folder, address = served
    whole.ok("export", "--segments", str(folder / "made"))
    for path in (folder / "made").iterdir():
        shutil.move(path, folder / path.name)
    whole.ok("segments", "check", address)
    empty.ok("import", "--restore", "--segments", address)
    assert empty.head() == whole.head()


def test_an_address_that_nothing_knows_is_told(whole: Program) -> None:
    for address in ("nowhere://x", "s3://bucket/x"):
        result = whole("segments", "check", address)
        assert (result.status, address in result.err) == (1, True)
