"""`zhibu web`: pages for this machine's holder, or for several people with accounts.

In: where to listen, under which address. Out: a server that runs until stopped. Deliberately absent: the
pages; they are another door, which is loaded by its name and may not be installed.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.ui.language import both
from ledger.words import Words

_NOT_INSTALLED = Words(
    "网页需要另外安装：pip install 'zhibu[web]'。",
    "the pages need an extra to be installed: pip install 'zhibu[web]'.",
)


def web(
    context: typer.Context,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help=both("端口；0 为任一空闲端口", "the port; 0 takes a free one"),
            show_default="8425",
        ),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help=both("不打开浏览器", "do not open the browser"))
    ] = False,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help=both("在临时台账中演示一个党委", "over a temporary ledger of a made-up committee")
        ),
    ] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="CODE", help=both("记录人的代码", "the code of who logs")),
    ] = None,
    serve: Annotated[
        bool,
        typer.Option("--serve", help=both("供多人使用，凭账户登录", "for several people, with accounts")),
    ] = False,
    public_url: Annotated[
        str | None,
        typer.Option(
            "--public-url", metavar="URL",
            help=both("（--serve 必填）浏览器所用的地址", "(with --serve) the address that browsers use"),
        ),
    ] = None,
    host: Annotated[
        str,
        typer.Option("--host", metavar="HOST", help=both("监听的地址（--serve）", "where it listens")),
    ] = "127.0.0.1",
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help=both("TLS 证书", "the TLS certificate"))
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help=both("TLS 私钥", "the TLS key"))
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option("--behind-proxy", help=both("在本机的反向代理之后", "behind a proxy on this machine")),
    ] = False,
    oidc_issuer: Annotated[
        str | None,
        typer.Option(
            "--oidc-issuer", metavar="URL",
            help=both(
                "（--serve）统一身份认证（OpenID Connect）的签发者地址",
                "(with --serve) the address of the OpenID Connect provider",
            ),
        ),
    ] = None,
    oidc_client_id: Annotated[
        str | None,
        typer.Option(
            "--oidc-client-id", metavar="ID",
            help=both(
                "在认证方登记的代号；密钥取自环境变量 ZHIBU_OIDC_SECRET",
                "as which it knows this server; the secret comes from ZHIBU_OIDC_SECRET",
            ),
        ),
    ] = None,
    reminders: Annotated[
        bool,
        typer.Option("--reminders", help=both("同时每天巡查、发出提醒", "sweep and remind every day, too")),
    ] = False,
) -> None:  # fmt: skip
    """Serve the pages until stopped."""
    door = door_of(context)
    _only_with_serve(
        serve,
        {
            "--public-url": public_url is not None,
            "--host": host != "127.0.0.1",
            "--tls-cert": tls_cert is not None,
            "--tls-key": tls_key is not None,
            "--behind-proxy": behind_proxy,
            "--oidc-issuer": oidc_issuer is not None,
            "--oidc-client-id": oidc_client_id is not None,
            "--reminders": reminders,
        },
    )
    if serve and demo:
        raise WrongUsage(Words("--demo 只用于本机。", "--demo is for this machine alone."))
    serving = _serving()
    asked = serving.Asked(
        ledger=door.ledger,
        mode="server" if serve else "machine",
        port=port,
        host=host,
        public=public_url,
        by=by,
        certificate=tls_cert,
        key=tls_key,
        behind_proxy=behind_proxy,
        opens=not no_open,
        issuer=oidc_issuer or os.environ.get("ZHIBU_OIDC_ISSUER"),
        client=oidc_client_id or os.environ.get("ZHIBU_OIDC_CLIENT_ID"),
        client_secret=os.environ.get("ZHIBU_OIDC_SECRET"),
    )
    try:
        with _scheduler(door) if reminders else nullcontext():
            serving.serve(asked, _say(door), demo=demo)
    except serving.CannotServe as error:
        raise SaysNo(error.words) from None


@contextmanager
def _scheduler(door: Door) -> Iterator[None]:
    """Run `zhibu schedule` beside the server, in a process of its own that can be told to stop."""
    environ = {**os.environ, "ZHIBU_LEDGER": door.ledger}
    environ.pop("ZHIBU_OIDC_SECRET", None)
    beside = subprocess.Popen([sys.executable, "-m", "cli", "schedule"], env=environ)
    try:
        yield
    finally:
        beside.terminate()
        beside.wait()


def _serving() -> Any:
    try:
        for module in ("starlette", "uvicorn", "multipart", "argon2"):
            import_module(module)
    except ImportError:
        raise SaysNo(_NOT_INSTALLED) from None
    return import_module("web.serving")


def _say(door: Door) -> Any:
    def say(words: Words) -> None:
        door.screen.say(words)
        sys.stdout.flush()

    return say


def _only_with_serve(serve: bool, given: Mapping[str, bool]) -> None:
    for option, is_given in given.items():
        if is_given and not serve:
            raise WrongUsage(Words(f"{option} 只与 --serve 一起使用。", f"{option} goes with --serve."))
