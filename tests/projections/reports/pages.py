"""A page as a strict reader sees it: balanced elements, ids, links, texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})
# What may stand in what, as far as these pages go: what browsers would silently repair is a fault here.
INSIDE = {
    "li": {"ul", "ol"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"}, "thead": {"table"},
    "tbody": {"table"}, "summary": {"details"}, "head": {"html"}, "body": {"html"}, "title": {"head"},
}  # fmt: skip
NOT_IN_TEXT = {"ul", "ol", "table", "div", "section", "p", "details", "h2", "h3"}


@dataclass
class Element:
    """An element of the page: what it is, its attributes, its parent, its text with all below."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    chunks: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.chunks)

    def all(self, tag: str, class_: str = "") -> list["Element"]:
        return [one for one in self.walk() if one.tag == tag and class_ in one.classes]

    def walk(self) -> Iterator["Element"]:
        """Itself and everything below, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    @property
    def classes(self) -> list[str]:
        return ["", *self.attributes.get("class", "").split()]


class Page(HTMLParser):
    """Reads a page and refuses what is not well-formed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        assert text.startswith("<!doctype html>\n")
        self.root = Element("page", {}, None)
        self.ids: list[str] = []
        self._by_id: dict[str, Element] = {}
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert [element.tag for element in self._open] == ["page"], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"doubled attribute in {tag}"
        parent = self._open[-1]
        if tag in INSIDE:
            assert parent.tag in INSIDE[tag], f"{tag} in {parent.tag}"
        if parent.tag in ("p", "span", "summary", "a", "small", "strong", "h2", "h3"):
            assert tag not in NOT_IN_TEXT, f"{tag} in {parent.tag}"
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        parent.children.append(element)
        if "id" in element.attributes:
            self.ids.append(element.attributes["id"])
            self._by_id[element.attributes["id"]] = element
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"{tag} closes nothing, at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.chunks.append(data)

    def by_id(self, id_: str) -> Element:
        return self._by_id[id_]

    def all(self, tag: str, class_: str = "") -> list[Element]:
        return self.root.all(tag, class_)

    def everything(self) -> list[Element]:
        return list(self.root.walk())
