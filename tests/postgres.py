"""A private PostgreSQL server for the tests.

In: `initdb` and `pg_ctl`, on PATH or where Debian keeps them. Out: a server on a Unix socket in a temporary
folder, without TCP, stopped and removed after. Deliberately absent: any server that is there already.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

NO_BINARIES = "no PostgreSQL here: initdb and pg_ctl are neither on PATH nor under /usr/lib/postgresql"

# The path of a Unix socket holds about 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock".
LONGEST_FOLDER = 80

CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 100
shared_buffers = 64MB
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
"""

# A role whose password is asked for, so that a wrong one can be shown; all others are trusted.
ACCESS = "local all guarded scram-sha-256\nlocal all all trust\n"

EMPTYING = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
ALTER TABLE events DISABLE TRIGGER USER;
TRUNCATE events, settings, people, recipients, subscriptions, deliveries, bundles,
  accounts, grants, secrets, attempts, visits
  RESTART IDENTITY;
ALTER TABLE events ENABLE TRIGGER USER
"""


def find_binaries() -> Path | None:
    """Return the newest folder that holds initdb and pg_ctl."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdigit()],
        reverse=True,
    )
    return next((path for path in folders if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


class Server:
    """A running server; databases are made and dropped by name."""

    def __init__(self, folder: Path, run: Callable[..., None]) -> None:
        self.folder = folder
        self._run = run

    def control(self, *words: str) -> None:
        """Have pg_ctl do something, and wait for it."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", *words)

    def crash(self) -> None:
        """Kill it as a power cut would."""
        self.control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again, after a crash."""
        self.control("-l", str(self.folder / "log"), "start")

    def url(self, database: str, role: str = "zhibu") -> str:
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, database: str) -> str:
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')
        return self.url(database)

    def empty(self, database: str) -> None:
        """Make a ledger as good as new, whatever a test did to its rows: a new database takes longer."""
        self.execute(EMPTYING, database)

    def drop(self, database: str) -> None:
        self.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@contextmanager
def running(binaries: Path, *, durable: bool = False) -> Iterator[Server]:
    """Start a server, stop and remove it at the end.

    `durable`: what it has confirmed is there when it was killed; else it is quicker.
    """
    user = unprivileged()
    base = tempfile.gettempdir()
    if user is not None or len(base) > LONGEST_FOLDER:
        # Another user may not be let into a temporary folder of root's own.
        base = "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="zbpg", dir=base))
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def run(*command: str) -> None:
        # The output goes to a file: the server would keep a pipe open for ever.
        with (folder / "output").open("ab") as output:
            done = subprocess.run(
                [str(binaries / command[0]), *command[1:]],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder)},
                user=None if user is None else user.pw_uid,
                group=None if user is None else user.pw_gid,
                extra_groups=None if user is None else [],
                check=False,
            )
        if done.returncode:
            log = "".join(path.read_text() for path in (folder / "output", folder / "log") if path.exists())
            raise RuntimeError(f"{' '.join(command)} failed:\n{log}")

    data = folder / "data"
    try:
        run("initdb", "-D", str(data), "-U", "zhibu", "-E", "UTF8", "--locale=C", "--no-sync", "-A", "trust")
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION.format(folder=folder))
            if durable:
                configuration.write("synchronous_commit = on\n")
        (data / "pg_hba.conf").write_text(ACCESS)
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "start")
        try:
            yield Server(folder, run)
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def unprivileged() -> pwd.struct_passwd | None:
    """Return the user that shall run the server where the tests run as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
