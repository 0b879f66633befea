"""The program's entry: how often to look for circular garbage, no plugins, then the program itself.

In: the command line of this process. Out: its exit status. Deliberately absent: everything else; what stands
here is run before the program is imported.

There is next to no circular garbage here, and by default a fifth of a command's time goes into looking for it
while modules are imported, and once more when the process ends.
"""

import gc
import os
import sys


def collect_seldom() -> None:
    """Look for circular garbage after many objects instead of a few."""
    gc.set_threshold(200_000, 20, 50)


def without_plugins() -> None:
    """Let pydantic not look through all that is installed for plugins: there are none for this program."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def fill_standard_streams() -> None:
    """Put nothing in the place of a standard stream that is closed.

    Else the first file that is opened takes its number, and what somebody prints is written into the ledger.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def main() -> None:
    """Run the program and end with its exit status."""
    collect_seldom()
    without_plugins()
    fill_standard_streams()
    try:
        from cli.app import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        # Before the program was there to say it better.
        status = 130
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
