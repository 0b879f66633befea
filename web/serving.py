"""Starting the server: which address, what is said first, and how it ends.

In: what the command line asked for. Out: a server that runs until it is stopped. Deliberately absent: the
command line itself; it hands over a function that says a sentence.
"""

import asyncio
import contextlib
import socket
import ssl
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import uvicorn

from ledger.access.secrets import PUBLIC_URL
from ledger.words import Words
from web.app import build
from web.openid.provider import Provider, problem_of
from web.site import Mode, Site, origin_in

PORT = 8425
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST_HEADER = 64 * 1024

Say = Callable[[Words], None]


class CannotServe(Exception):
    """The server cannot be started as asked; the words say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of `zhibu web`. `port` None: the default, or a free one where it is taken."""

    ledger: str
    mode: Mode = "machine"
    port: int | None = None
    host: str = "127.0.0.1"
    public: str | None = None
    by: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    opens: bool = True
    issuer: str | None = None
    client: str | None = None
    client_secret: str | None = field(default=None, repr=False)


def serve(asked: Asked, say: Say, *, demo: bool = False) -> None:
    """Serve until stopped; `demo`: over a temporary ledger of a made-up committee. Raises CannotServe."""
    _check(asked)
    if demo:
        from web.demo import make_demo

        with tempfile.TemporaryDirectory(prefix="zhibu-web-") as folder:
            say(Words("正在编造一个党委两年的记录……", "Making up two years of a committee …"))
            made = replace(asked, ledger=make_demo(Path(folder), datetime.now(UTC)))
            serve(made, say)
        return
    provider = _provider(asked)
    bound, gave_way = _bind(asked)
    port = bound.getsockname()[1]
    public = origin_in(asked.public or "") or f"http://127.0.0.1:{port}"
    site = Site(
        asked.ledger,
        public,
        lambda: datetime.now(UTC),
        asked.mode,
        asked.by,
        asked.behind_proxy,
        provider,
    )
    if asked.mode == "server":
        # So that links to invite people can be told whole by whoever makes accounts.
        store = site.store()
        if store.setting(PUBLIC_URL) != public:
            store.set_setting(PUBLIC_URL, public)
    config = uvicorn.Config(
        build(site),
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=_LONGEST_HEADER,
        ssl_certfile=asked.certificate,
        ssl_keyfile=asked.key,
        timeout_graceful_shutdown=5,
    )
    if gave_way:
        say(Words(f"端口 {PORT} 已被占用，改用 {port}。", f"Port {PORT} is taken: using {port}."))
    if asked.mode == "machine":
        link = site.enter_link()
        # The blank behind it, in Chinese, too: what ends an address is a blank, for terminals and programs.
        say(Words(f"请打开 {link} （一次有效，十分钟内）", f"Open {link} (good once, for ten minutes)"))
        say(Words("按回车键可得新链接，按 Ctrl-C 停止。", "Return gives a fresh link, Ctrl-C stops."))
        _give_links(site, say)
        if asked.opens:
            threading.Thread(target=_open, args=(link,), daemon=True).start()
    else:
        say(Words(f"已在 {public} 提供服务，按 Ctrl-C 停止。", f"Serving {public}; Ctrl-C stops."))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config).serve(sockets=[bound]))


def _check(asked: Asked) -> None:
    if asked.mode == "machine":
        return
    if asked.public is None:
        raise CannotServe(
            Words(
                "--serve 需要 --public-url：写出别人在浏览器里用的地址，如 https://zhibu.example.org。",
                "--serve needs --public-url: the address under which browsers find it, such as "
                "https://zhibu.example.org.",
            )
        )
    if origin_in(asked.public) is None:
        raise CannotServe(
            Words(
                f"--public-url 应为 https://主机名，不带路径，实际为 {asked.public}。",
                f"--public-url must be https://host without a path, got {asked.public}.",
            )
        )
    if (asked.certificate is None) != (asked.key is None):
        raise CannotServe(
            Words("--tls-cert 与 --tls-key 须一同给出。", "--tls-cert and --tls-key go together.")
        )
    if asked.certificate is not None and asked.key is not None:
        _check_certificate(asked.certificate, asked.key)
    if asked.host not in _LOOPBACK and asked.certificate is None and not asked.behind_proxy:
        raise CannotServe(
            Words(
                f"不能在 {asked.host} 上不加密地提供服务：请给出 --tls-cert 与 --tls-key，"
                "或在反向代理之后使用 --behind-proxy。",
                f"{asked.host} cannot be served without encryption: give --tls-cert and --tls-key, or put it "
                "behind a proxy and say --behind-proxy.",
            )
        )


def _check_certificate(certificate: Path, key: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotServe(
            Words(
                f"无法使用 --tls-cert {certificate} 与 --tls-key {key}：{reason}。",
                f"--tls-cert {certificate} and --tls-key {key} cannot be used: {reason}.",
            )
        ) from None


def _provider(asked: Asked) -> Provider | None:
    """Return the provider of identities that was named, None where none was. Raises CannotServe."""
    if asked.mode == "machine" or not (asked.issuer or asked.client):
        return None
    problem = problem_of(asked.issuer, asked.client)
    if problem is not None:
        raise CannotServe(problem)
    try:
        for module in ("authlib", "joserfc"):
            import_module(module)
    except ImportError:
        raise CannotServe(
            Words(
                "统一身份认证需要另外安装：pip install 'zhibu[oidc]'。",
                "OpenID Connect needs an extra to be installed: pip install 'zhibu[oidc]'.",
            )
        ) from None
    return Provider(asked.issuer or "", asked.client or "", asked.client_secret or None)


def _bind(asked: Asked) -> tuple[socket.socket, bool]:
    """Return a listening socket, and whether the default port gave way to a free one."""
    wanted = PORT if asked.port is None else asked.port
    family = socket.AF_INET6 if ":" in asked.host else socket.AF_INET
    for port in (wanted, 0):
        # Said to be TCP, or asyncio would not send small answers at once.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if sys.platform != "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((asked.host, port))
        except OSError as error:
            made.close()
            if asked.port is not None or asked.mode == "server":
                reason = error.strerror or str(error)
                words = Words(
                    f"无法使用 {asked.host} 的端口 {port}：{reason}。请用 --port 换一个。",
                    f"port {port} of {asked.host} cannot be used: {reason}. Choose another with --port.",
                )
                raise CannotServe(words) from None
            continue
        made.listen(128)
        return made, port != wanted
    raise CannotServe(Words("没有可用的端口。", "there is no free port."))


def _give_links(site: Site, say: Say) -> None:
    """Answer each Return in the terminal, or line of whatever program holds it, by a fresh link."""
    if not sys.stdin:
        return

    def listen() -> None:
        with contextlib.suppress(OSError, ValueError):
            for _ in sys.stdin:
                link = site.enter_link()
                say(Words(f"请打开 {link}", f"Open {link}"))

    threading.Thread(target=listen, daemon=True).start()


def _open(link: str) -> None:
    with contextlib.suppress(Exception):
        webbrowser.open(link)


@contextlib.contextmanager
def background(ledger: str, clock: Callable[[], datetime], mode: Mode = "machine") -> Iterator[Site]:
    """Serve a ledger on a free port of this machine, in a thread, until the block ends."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.bind(("127.0.0.1", 0))
    bound.listen(128)
    site = Site(ledger, f"http://127.0.0.1:{bound.getsockname()[1]}", clock, mode)
    server = uvicorn.Server(uvicorn.Config(build(site), log_level="critical", server_header=False))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join(10)
