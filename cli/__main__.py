"""The program's entry: how often to look for circular garbage, then the program itself.

In: the command line of this process. Out: its exit status. Deliberately absent: everything else; what stands
here is run before the program is imported.

There is next to no circular garbage here, and by default a fifth of a command's time goes into looking for it
while modules are imported, and once more when the process ends.
"""

import gc
import sys


def collect_seldom() -> None:
    """Look for circular garbage after many objects instead of a few."""
    gc.set_threshold(50_000, 20, 50)


def main() -> None:
    """Run the program and end with its exit status."""
    collect_seldom()
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
