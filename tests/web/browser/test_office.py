"""An office in browsers: a whole form judged by keyboard alone, two that judge at once, and the way from two
replays beside each other over a seal to the file that is handed on."""

from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, expect

from ledger.store.event_store import Store
from rubrics.library import Library
from tests.program import Program
from tests.web.browser.committee import committee_server, with_session
from tests.web.browser.conftest import entered
from web.site import Site

FORM = "college-staff-branch-2019"
ASSESS = f"/o/c0000/assess/{FORM}/2026"
COVERED = """(() => {
  const field = document.activeElement, box = field.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.bottom - 2);
  return over && field.contains(over) ? "" : field.name || field.textContent;
})()"""
"""The focused field, where something lies over its lower edge or it is out of sight."""
TYPED = "document.activeElement.name"


def judgements(site: Site, after: int = 0) -> dict[str, tuple[str, str | None]]:
    """Return the judgements recorded since, by clause: points, and by whom."""
    with Store.open(site.ledger) as store:
        found = store.read(after=after, types={"clause_assessed"})
        return {str(e.payload()["clause"]): (str(e.payload()["points"]), e.recorded_by) for e in found}


def head_of(site: Site) -> int:
    with Store.open(site.ledger) as store:
        return store.head().position


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a field or button is reached whose name begins so."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if (page.evaluate(TYPED) or "").startswith(name):
            return
    raise AssertionError(f"no Tab reaches {name}")


def test_forty_five_clauses_are_judged_by_keyboard_alone_and_committed_at_once(
    chromium: Chromium, demo: Site
) -> None:
    rubric = Library().load(FORM).rubric
    full = {clause.id: clause.points for clause in rubric.clauses()}
    assert len(full) == 45
    context, page = entered(chromium, demo)
    before = head_of(demo)
    page.goto(f"{demo.public}{ASSESS}?branch=c0000-b03")
    tab_to(page, "points.")
    given: list[str] = []
    for _ in full:
        given.append(page.evaluate(TYPED).removeprefix("points.c0000-b03."))
        page.keyboard.insert_text("0.10")
        page.keyboard.press("Enter")
    assert given == list(full)
    assert head_of(demo) == before
    tab_to(page, "note.")
    page.keyboard.insert_text("年终评分")
    tab_to(page, "save")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("已保存 45 条")
    assert judgements(demo, before) == dict.fromkeys(full, ("0.10", None))
    page.goto(f"{demo.public}/b/c0000-b03/score/{FORM}/2026")
    expect(page.locator("main")).to_contain_text("年终评分")
    context.close()


def test_saving_is_at_hand_all_along_a_form_and_covers_no_field_that_is_reached(
    chromium: Chromium, demo: Site
) -> None:
    for wide in (False, True):
        context, page = entered(chromium, demo, wide=wide)
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{demo.public}{ASSESS}?branch=c0000-b03")
        save = page.get_by_role("button", name="保存", exact=True)
        fields = page.locator(".judging input:not([type=hidden])")
        assert fields.count() > 80
        fields.first.focus()
        expect(save).to_be_in_viewport(ratio=1)
        covered = []
        for _ in range(fields.count() - 1):
            page.keyboard.press("Tab")
            name = page.evaluate(COVERED)
            covered += [name] if name else []
        assert covered == []
        expect(save).to_be_in_viewport(ratio=1)
        context.close()


def test_of_two_who_judge_at_once_the_second_sees_what_the_first_gave_before_passing_over_it(
    chromium: Chromium, demo_file: Path, tmp_path: Path
) -> None:
    people = {"office1": ("office", "c0000"), "office2": ("office", "c0000")}
    with committee_server(demo_file, tmp_path, people) as site:
        before = head_of(site)
        first, second = (with_session(chromium, site, code) for code in people)
        for page in (first, second):
            page.goto(f"{site.public}{ASSESS}?branch=c0000-b03")
        judge(first, {"1.1": "0.50", "1.2": "0.40"})
        expect(first.locator(".done")).to_contain_text("已保存 2 条")
        judge(second, {"1.2": "0.10", "1.3": "0.30"})
        expect(second.locator("#problems")).to_contain_text("其间已有新的评分 0.40")
        assert judgements(site, before) == {"1.1": ("0.50", "office1"), "1.2": ("0.40", "office1")}
        expect(points(second, "1.2")).to_have_value("0.10")
        expect(points(second, "1.3")).to_have_value("0.30")
        second.get_by_role("button", name="保存", exact=True).click()
        expect(second.locator(".done")).to_contain_text("已保存 2 条")
        assert judgements(site, before) == {
            "1.1": ("0.50", "office1"),
            "1.2": ("0.10", "office2"),
            "1.3": ("0.30", "office2"),
        }
        for page in (first, second):
            page.context.close()


def judge(page: Page, given: dict[str, str]) -> None:
    for clause, typed in given.items():
        points(page, clause).fill(typed)
    page.get_by_role("button", name="保存", exact=True).click()


def points(page: Page, clause: str) -> Locator:
    return page.locator(f'[name="points.c0000-b03.{clause}"]')


def test_judgements_half_typed_come_back_for_their_branch_alone_until_they_are_discarded(
    chromium: Chromium, demo_file: Path, tmp_path: Path
) -> None:
    with committee_server(demo_file, tmp_path, {"office1": ("office", "c0000")}) as site:
        page = with_session(chromium, site, "office1")
        page.goto(f"{site.public}{ASSESS}?branch=c0000-b03")
        points(page, "1.1").fill("0.70")
        page.goto(f"{site.public}{ASSESS}?branch=c0000-b04")
        expect(page.locator("[data-restored]")).to_be_hidden()
        page.goto(f"{site.public}{ASSESS}?branch=c0000-b03")
        expect(page.locator("[data-restored]")).to_be_visible()
        expect(points(page, "1.1")).to_have_value("0.70")
        page.locator("[data-restored] button").click()
        expect(points(page, "1.1")).to_have_value("")
        page.reload()
        expect(points(page, "1.1")).to_have_value("")
        page.context.close()


def test_a_period_is_compared_sealed_and_handed_on_as_the_command_line_would(
    chromium: Chromium, demo: Site, tmp_path: Path
) -> None:
    context, page = entered(chromium, demo)
    zhibu = Program(demo.ledger, {"ZHIBU_LANG": "zh"})
    before = head_of(demo)
    page.goto(f"{demo.public}/b/c0000-b03/log/meeting_held?kind=committee_meeting&occurred_on=2026-09-18")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()

    page.goto(f"{demo.public}/o/c0000/{FORM}/2026")
    page.get_by_role("link", name="比较", exact=True).click()
    page.locator("#branch").select_option(value="c0000-b03")
    page.locator("#rubric").select_option(value=FORM)
    page.locator("#period").fill("2026")
    page.locator("#as_of").fill(str(before))
    page.get_by_role("button", name="显示").click()
    told = zhibu.ok(
        "compare", FORM, "--period", "2026", "--branch", "c0000-b03", "--on", "2026-09-20",
        "--as-of", str(before), "--as-of-b", str(before + 1), "--format", "json",
    ).json  # fmt: skip
    sides = f"{told['a']['total']} → {told['b']['total']}"
    expect(page.locator(".big")).to_contain_text(sides)

    page.get_by_role("link", name="封存", exact=True).click()
    page.get_by_label("考核细则", exact=True).select_option(value=FORM)
    page.get_by_label("期间", exact=True).fill("2026-Q2")
    page.get_by_role("button", name="查看待封存的得分").click()
    page.locator("#f-name").fill("2026-Q2")
    page.get_by_role("button", name="封存", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已封存 6 份")
    page.get_by_role("link", name="核验").first.click()
    expect(page.locator("main")).to_contain_text("封存有效")

    page.goto(f"{demo.public}/o/c0000/{FORM}/2026")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Excel 表格", exact=True).click()
    ours, theirs = tmp_path / "page.xlsx", tmp_path / "line.xlsx"
    kept.value.save_as(ours)
    branches = [word for n in range(1, 7) for word in ("--branch", f"c0000-b0{n}")]
    zhibu.ok("score", FORM, "--period", "2026", "--on", "2026-09-20", *branches, "--output", str(theirs))
    assert ours.read_bytes() == theirs.read_bytes()
    context.close()
