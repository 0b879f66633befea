"""`zhibu web` as it is started: a link that enters, a port that gives way, refusals in a sentence."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.client import Browser, Clock, machine
from web.demo import make_demo
from web.serving import Asked, CannotServe, serve


@contextmanager
def started(url: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    command = [sys.executable, "-m", "cli", "--lang", "en", "--ledger", url, "web", "--no-open", *options]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, text=True, **pipes)  # type: ignore[call-overload]
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        yield process, said
    finally:
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        process.stdout.close()


def test_the_printed_link_enters_and_ctrl_c_ends_quietly(committee_url: str) -> None:
    with started(committee_url, "--port", "0") as (process, said):
        link = re.search(r"http://127\.0\.0\.1:\d+/enter\?t=\S+", said[0])
        assert link is not None
        address = urlsplit(link[0])
        statuses = []
        for path in ("/", f"{address.path}?{address.query}", f"{address.path}?{address.query}"):
            connection = HTTPConnection(address.netloc)
            connection.request("GET", path)
            statuses.append(connection.getresponse().status)
            connection.close()
        assert statuses == [303, 303, 403]
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        fresh = re.search(r"http://127\.0\.0\.1:\d+/enter\?t=\S+", process.stdout.readline())
        assert fresh is not None
        assert fresh[0] != link[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stdout is not None
        assert "Traceback" not in process.stdout.read()


def test_a_taken_default_port_gives_way_and_says_so(committee_url: str) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8425))
        except OSError:
            pass  # somebody else has it, which serves as well
        else:
            taken.listen()
        with started(committee_url) as (_, said):
            assert "8425 is taken" in said[0]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "--public-url"),
        ({"public": "https://a.example", "host": "0.0.0.0"}, "without encryption"),
        ({"public": "a.example"}, "must be https://"),
        ({"public": "https://a.example:port"}, "must be https://"),
        ({"public": "https://me@a.example"}, "must be https://"),
        ({"public": "https://a.example", "certificate": Path("x.pem")}, "go together"),
        ({"public": "https://a.example", "certificate": Path("x.pem"), "key": Path("y")}, "x.pem"),
    ],
)
def test_what_cannot_be_served_is_refused_in_a_sentence(
    committee_url: str, asked: dict[str, Any], told: str
) -> None:
    with pytest.raises(CannotServe) as caught:
        serve(Asked(committee_url, "server", **asked), lambda words: None)
    assert told in caught.value.words.en


SERVED = (
    "--serve", "--public-url", "https://a.example",
    "--oidc-issuer", "https://id.a.example", "--oidc-client-id", "zhibu",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "missing", "options", "told"),
    [
        ("zh", "starlette", (), "zhibu[web]"),
        ("en", "uvicorn", (), "zhibu[web]"),
        ("zh", "authlib", SERVED, "zhibu[oidc]"),
        ("en", "joserfc", SERVED, "zhibu[oidc]"),
    ],
)
def test_without_an_extra_a_sentence_says_how_to_install_it(
    committee_url: str, tmp_path: Path, language: str, missing: str, options: tuple[str, ...], told: str
) -> None:
    (tmp_path / f"{missing}.py").write_text("raise ImportError('not installed')\n")
    environ = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.getcwd()}"}
    command = [sys.executable, "-m", "cli", "--lang", language, "--ledger", committee_url, "web", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ, timeout=60)
    assert done.returncode == 1
    assert f"pip install '{told}'" in done.stderr
    assert "Traceback" not in done.stderr


def demonstrated(folder: Path, at: datetime) -> Browser:
    browser = machine(make_demo(folder, at), Clock(at))
    browser.enter()
    return browser


def test_the_demo_is_a_committee_one_can_click_through(tmp_path: Path) -> None:
    browser = demonstrated(tmp_path, datetime(2026, 9, 20, 4, tzinfo=UTC))
    front = browser.get("/").text
    codes = re.findall(r'href="/b/([\w-]+)"', front)
    assert len(codes) == 7
    boards, scores = (
        re.findall(rf'href="(/{place})"', front) for place in ('o/[^"]+', 'b/[^"]+/score/[^"]+')
    )
    assert boards == ["/o/c0000/college-staff-branch-2019/2026"]
    assert [score.split("/")[2] for score in scores] == codes
    assert all(browser.get(page).status_code == 200 for page in (*boards, *scores))
    for code in codes:
        assert browser.get(f"/b/{code}").status_code == 200
    assert "college-staff" in browser.get(f"/b/{codes[3]}").text


@pytest.mark.parametrize(
    ("day", "over"), [("2026-01-03", "2025-Q3"), ("2026-06-15", "2025-Q3"), ("2028-12-31", "2028-Q3")]
)
def test_on_any_day_of_any_year_the_demo_has_a_past_to_look_into_and_something_to_do(
    tmp_path: Path, day: str, over: str
) -> None:
    browser = demonstrated(tmp_path, datetime.fromisoformat(f"{day}T12:00+08:00"))
    form, branch = "college-staff-branch-2019", "c0000-b03"
    # A meeting is logged.
    meeting = {"occurred_on": day, "kind": "committee_meeting", "save": "1"}
    assert browser.post(f"/b/{branch}/log/meeting_held", meeting).status_code == 303
    # The third quarter that is over last is reached from the score by links, and says what was lost.
    score = f"/b/{branch}/score/{form}"
    year = f'href="{score}/{over[:4]}"'
    assert year in browser.get(f"{score}/{day[:4]}").text
    assert f'href="{score}/{over}"' in browser.get(f"{score}/{over[:4]}").text
    assert 'class="entry lost"' in browser.get(f"{score}/{over}").text
    # A clause is judged.
    assess = f"/o/c0000/assess/{form}/{day[:4]}?branch={branch}"
    [field, *_] = re.findall(r'name="(points\.[^"]+)"', browser.get(assess).text)
    assert browser.post(assess, {field: "0.50", "save": "1"}).status_code == 303
    # Last year as it was known in its October is another one than as it is known now.
    last = str(int(day[:4]) - 1)
    then, now = (
        re.findall(r'class="big">([\d.]+)', browser.get(f"{score}/{last}?on={last}-10-20{more}").text)
        for more in (f"&as_of={last}-09-30", "")
    )
    assert then != now
