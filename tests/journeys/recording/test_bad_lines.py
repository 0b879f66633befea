"""Every line that no ledger lets in, through the real program: line and field told, nothing changed."""

import re
import shutil
from pathlib import Path

import pytest

from tests.journeys.recording.bad_lines import BAD_LINES, GOOD, GROUND, BadLine
from tests.program import Program, process


@pytest.fixture(scope="module")
def ground(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("ground") / "ledger.db"))
    Program(path).ok("import", "-", stdin=b"\n".join(GROUND))
    return path


def _begins(line: BadLine, place: str) -> str:
    return f"{place}: {line.field}: " if line.field is not None else f"{place}: "


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line.label)
def test_a_bad_line_is_told_by_line_and_field_and_changes_nothing(line: BadLine, ground: Path) -> None:
    zhibu = Program(ground)
    head = zhibu.head()
    result = zhibu("import", "-", stdin=GOOD + b"\n\n" + line.raw + b"\n")
    assert (result.status, result.out) == (1, "")
    told = [one for one in result.err.splitlines() if one.startswith(_begins(line, "-:3"))]
    assert told, result.err
    assert any(line.told in one for one in told), result.err
    assert zhibu.head() == head


def test_all_of_them_in_one_file_are_told_by_the_real_program(ground: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    short = [line for line in BAD_LINES if b"\n" not in line.raw and len(line.raw) < 100_000][:90]
    file.write_bytes(b"".join(line.raw + b"\n" for line in short))
    before = Program(ground).head()
    for lang in ("en", "zh"):
        result = process("import", str(file), "--ledger", str(ground), "--lang", lang)
        assert (result.status, result.out) == (1, "")
        assert "Traceback" not in result.err
        told = {
            int(found[1])
            for found in re.finditer(rf"^{re.escape(str(file))}:(\d+): ", result.err, re.MULTILINE)
        }
        assert told == set(range(1, len(short) + 1))
    assert Program(ground).head() == before
