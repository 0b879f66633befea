"""Write what the program prints today into the pages that show commands: `python -m tests.docs [PAGE…]`.

Read the difference before it is committed: it is what users will see.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.docs.console import renewed, run_page
from tests.docs.pages import PAGES, name_of


def renew(page: Path) -> bool:
    """Write one page anew; return whether it changed."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        lang = "zh" if page.name.endswith(".zh.md") else "en"
        new = renewed(text, run_page(text, Path(folder), Path(folder) / "ledger.db", lang))
    if new != text:
        page.write_text(new, "utf-8")
    return new != text


if __name__ == "__main__":
    for path in [Path(word).resolve() for word in sys.argv[1:]] or PAGES:
        print(name_of(path), "renewed" if renew(path) else "as it was")
