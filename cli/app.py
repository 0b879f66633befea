"""The program: how a command line becomes an exit status.

In: a command line. Out: 0 done, 1 the data says no, 2 wrong usage, with a sentence on standard error where
it is not 0, never a traceback for a user's mistake. Deliberately absent: the commands (`command_table` lists
them), so that `--help` imports neither SQLAlchemy nor the engine.
"""

import os
from collections.abc import Callable, Sequence
from typing import Literal

from cli.command_table import COMMANDS
from cli.context import DONE, SAYS_NO, WRONG_USAGE, Door, SaysNo, WrongUsage, ledger_url
from cli.ui.language import language_of, take_anywhere
from cli.ui.pages import first_page
from cli.ui.terminal import OutputLost, Screen, finish, take_missing_streams
from ledger.errors import LedgerError, WrongQuestion
from ledger.words import Words

_INTERRUPTED = 130
_LANGUAGES = ("zh", "en")
_ABOUT = Words(
    "党支部活动台账：每件事记一次，按任一考核细则计分，提前提醒。",
    "An activity ledger for Party branches: log each fact once, score it by any form, be reminded in time.",
)
_NEW_HERE = Words(
    "初次使用：zhibu demo 用一份已公布的考核结果演示全过程。",
    "New here? `zhibu demo` shows the whole way with a published result.",
)

_STOPPED = Words("已中断，未完成。", "Interrupted; not finished.")
_NO_OUTPUT = Words(
    "标准输出已关闭，无处显示结果：什么也没有做。不需要结果时，请把输出转到 /dev/null。",
    "Standard output is closed, so that no answer can be shown: nothing was done. Where none is wanted, "
    "send it to /dev/null.",
)


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
    # Looking for plugins of pydantic, of which there are none, would read every installed package's metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    general = take_anywhere(argv)
    readable = take_missing_streams()
    screen = Screen(language_of(general.lang if general.lang in _LANGUAGES else None, os.environ))
    if not readable:
        screen.fail(_NO_OUTPUT)
        return SAYS_NO
    if general.unfinished is not None:
        screen.fail(
            Words(f"选项 {general.unfinished} 缺少值。", f"option {general.unfinished} wants a value.")
        )
        return WRONG_USAGE
    if general.lang not in (None, *_LANGUAGES):
        screen.fail(
            Words(
                f"--lang 只能是 zh 或 en，实际为 {general.lang}。",
                f"--lang must be zh or en, got {general.lang}.",
            )
        )
        return WRONG_USAGE
    if general.rest in (["--help"], ["-h"]):
        # Asked for most often, and by those who do not know yet what they want: it waits for no library.
        return _guarded(None, screen, lambda: _first_page(screen))
    named = _named(general.ledger)
    door = Door(screen.language, ledger_url(general.ledger), screen, named, general.codes)
    screen.ledger = door.ledger
    return _guarded(door, screen, lambda: _dispatch(general.rest, door))


def _no_form(screen: Screen, error: Exception) -> int | None:
    """Say what is wrong with a form that is named somewhere; None where the error is another."""
    from rubrics.problems import RubricError, UnknownRubricError

    if not isinstance(error, RubricError):
        return None
    screen.fail(error.words)
    return WRONG_USAGE if isinstance(error, UnknownRubricError) else SAYS_NO


def _named(ledger: str | None) -> Literal["option", "environment", "nowhere"]:
    if ledger:
        return "option"
    return "environment" if os.environ.get("ZHIBU_LEDGER") else "nowhere"


def _first_page(screen: Screen) -> int:
    screen.raw(first_page(COMMANDS, _ABOUT, _NEW_HERE, screen.language) + "\n")
    finish()
    return DONE


def _dispatch(words: list[str], door: Door) -> int:
    if words[:1] == ["--version"]:
        from importlib.metadata import version

        door.screen.raw(f"zhibu {version('zhibu')}\n")
        finish()
        return DONE
    from cli.named_options import with_codes
    from cli.ui.lazy_group import Directory, group

    root = group(type("Root", (Directory,), {"entries": COMMANDS}), "zhibu", _ABOUT, _NEW_HERE)
    words = with_codes(words, door)
    status = root.main(words, prog_name="zhibu", standalone_mode=False, obj=door)
    if status == _INTERRUPTED:
        # The library has made a plain status of it.
        raise KeyboardInterrupt
    finish()
    return status if isinstance(status, int) else DONE


def _blames_the_ledger(door: Door) -> Words | None:
    """Say what is wrong with the ledger, where a command broke down over it; None where nothing is."""
    from ledger.store.event_store import Store

    try:
        with Store.open(door.ledger) as store:
            store.verify()
    except LedgerError as told:
        return told.words
    except Exception:
        return None
    return None


def _wrong_line(screen: Screen, error: Exception) -> int | None:
    """Say what Typer found wrong with a command line; None where the error is another."""
    from typer.exceptions import Abort, TyperException

    if isinstance(error, Abort):
        screen.fail(_STOPPED)
        return _INTERRUPTED
    if not isinstance(error, TyperException):
        return None
    if type(error).__name__ == "NoArgsIsHelpError":
        screen.fail(error.message)
    else:
        from cli.ui.help import usage_sentence

        screen.fail(usage_sentence(error))
    return WRONG_USAGE


def _guarded(door: Door | None, screen: Screen, work: Callable[[], int]) -> int:
    """Turn every way in which a command can end into an exit status."""
    try:
        return work()
    except (WrongUsage, WrongQuestion) as error:
        screen.fail(error.words)
        return WRONG_USAGE
    except (SaysNo, LedgerError) as error:
        screen.fail(error.words)
        return SAYS_NO
    except (EOFError, KeyboardInterrupt):
        screen.fail(_STOPPED)
        return _INTERRUPTED
    except BrokenPipeError:
        return DONE
    except OutputLost as error:
        screen.fail(error.words)
        return SAYS_NO
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        screen.fail(f"{place}{error.strerror or error}")
        return SAYS_NO
    except UnicodeEncodeError as error:
        screen.fail(_no_text(error))
        return SAYS_NO
    except Exception as error:
        status = _wrong_line(screen, error)
        return _unforeseen(door, screen, error) if status is None else status


def _no_text(error: UnicodeEncodeError) -> Words:
    """Say that what was given holds bytes that are no text: files may be called so, nothing else."""
    found = ascii(error.object[error.start : error.end])
    return Words(
        f"给出的内容含有不是 UTF-8 文字的字节（{found}）：请改正后再试。",
        f"What was given holds bytes that are no UTF-8 ({found}): mend it and retry.",
    )


def _unforeseen(door: Door | None, screen: Screen, error: Exception) -> int:
    """Say what nobody foresaw: of a form or a ledger that is broken, else of the program itself."""
    status = _no_form(screen, error)
    if status is not None:
        return status
    if os.environ.get("ZHIBU_DEBUG"):
        raise error
    blamed = None if door is None else _blames_the_ledger(door)
    if blamed is not None:
        screen.fail(blamed)
        return SAYS_NO
    name = f"{type(error).__name__}: {error}"
    screen.fail(
        Words(
            f"程序内部出错（{name}）。设 ZHIBU_DEBUG=1 再运行一次可看到详情，请附上详情报告此问题。",
            f"Something went wrong inside zhibu ({name}). Run it again with ZHIBU_DEBUG=1 to see where, "
            "and please report that.",
        )
    )
    return SAYS_NO
