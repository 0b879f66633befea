"""Reading what a request sends, never more than may be sent.

In: a request. Out: its body, or its fields and files. Deliberately absent: what they mean.
"""

from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.request.asked import Fields, Upload

LARGEST = 2 * 1024 * 1024
# what multipart adds around a file of that size, which may travel as text for a second time
_ROOM = LARGEST // 2
_MOST_FIELDS = 20_000


class TooLarge(Exception):
    """A request with more than may be sent."""


async def read_body(request: Request, largest: int = LARGEST) -> bytes:
    """Read a request's body. Raises TooLarge as soon as it is, whatever length it claims."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and (len(told) > 12 or int(told) > largest):
        raise TooLarge
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise TooLarge
        parts.append(chunk)
    return b"".join(parts)


async def read_form(request: Request) -> Fields:
    """Read what a form sent. Raises TooLarge."""
    body = await read_body(request, LARGEST + _ROOM)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        request._body = body
        return await _read_parts(request)
    try:
        text = body.decode("utf-8", "replace")
        return Fields(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise TooLarge from None


async def _read_parts(request: Request) -> Fields:
    try:
        form = await request.form(max_files=2, max_fields=_MOST_FIELDS, max_part_size=LARGEST + _ROOM)
    except HTTPException:
        raise TooLarge from None
    uploads, pairs = {}, []
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            pairs.append((name, value))
            continue
        content = await value.read()
        if len(content) > LARGEST:
            raise TooLarge
        if value.filename:
            uploads[name] = Upload(value.filename, content)
    await form.close()
    return Fields(pairs, uploads)
