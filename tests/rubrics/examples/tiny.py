"""A small form with every kind of cap, a veto and bands, and examples that move all of it."""

from pathlib import Path

from projections.examples.coverage import Coverage, measure_coverage
from projections.examples.run import Result, run_cases
from rubrics.examples.cases import Cases, parse_cases
from rubrics.reader.loaded import parse_rubric

FORM = """\
id: tiny
version: 1
title: {zh: 小细则, en: a tiny form}
points: 8
bands:
  - {at_least: 8, grade: {zh: 优秀, en: excellent}}
  - {at_least: 0, grade: {zh: 一般, en: fair}}
veto:
  grade: {zh: 不予评定, en: not rated}
  events: {type: finding_recorded, where: {category: [fraud, arson]}}
sections:
  - id: A
    title: {zh: 基本, en: base}
    points: 8
    items:
      - id: 1
        title: {zh: 学习, en: study}
        points: 4
        clauses:
          - id: 1.a
            points: 2
            rules:
              - kind: quota
                title: {zh: 学习, en: study sessions}
                events: {type: meeting_held, where: {kind: study}}
                per: quarter
                at_least: 1
                shortfall: {each: 0.5}
              - kind: tally
                title: {zh: 笔记, en: notes}
                events: {type: finding_recorded, where: {category: notes}}
                points: -1
          - id: 1.b
            points: 1
            rules:
              - {kind: dues, by_day: last, late: {each: 0.5}, short: {once: 1}}
      - id: 2
        title: {zh: 名册, en: roster}
        points: 1
        clauses:
          - id: 2.a
            points: 1
            rules:
              - kind: tally
                events: {type: finding_recorded, where: {category: roster}}
                points: -1
          - id: 2.b
            points: 1
            rules:
              - {kind: assessed}
      - id: 3
        title: {zh: 稿件, en: articles}
        points: 3
        start: zero
        rules:
          - kind: tally
            events: {type: article_published}
            points: {by: level, values: {unit: 1, city: 2}}
  - id: B
    title: {zh: 加分, en: bonus}
    points: 2
    bonus: true
    items:
      - id: 4
        title: {zh: 荣誉, en: honours}
        points: 2
        clauses:
          - id: 4.a
            points: 2
            start: zero
            rules:
              - {kind: tally, events: {type: honour_awarded}, points: 1}
          - id: 4.b
            points: 1
            start: zero
            rules:
              - {kind: tally, once: true, events: {type: experience_shared}, points: 1}
"""

HEAD = """\
period: 2019
given:
  year:
    - 2018-01-05 member_joined member=m1
    - 2019-{02,05,08,11}-18 meeting_held kind=study
    - 2019-{01..12}-10 dues_paid member=m1 month=2019-{01..12} amount=20 due=20
    - 2019-05-05 article_published level={unit,city}
examples:
"""

WHOLE = """\
  - sentence: {zh: 样样办到。, en: All is done.}
    given: year
    expect: {total: 8, grade: 优秀}
"""

FAULTS = """\
  - sentence: {zh: 少学一次，少记笔记，欠交党费。, en: "A session, notes and dues short."}
    given: year
    except:
      - 2019-05 meeting_held
      - 2019-{03,04} dues_paid
    and:
      - 2019-05-19 finding_recorded category=notes count=2
      - 2019-04-01 dues_paid member=m1 month=2019-03 amount=20
    expect: {clauses: {1.a: 0, 1.b: 0}, items: {1: 1}, total: 5, grade: fair}
  - sentence: {zh: 名册不准，上级又扣, en: "The roster wrong, and the superior takes a point."}
    given: year
    and:
      - 2019-06-06 finding_recorded category=roster
      - 2019-12-06 clause_assessed rubric=tiny clause=2.b assessor=superior points=0
    expect: {items: {2: 0}}
  - sentence: {zh: 加分封顶, en: The bonus is capped.}
    events:
      - 2019-05-{05..08} article_published level=unit
      - 2019-06-{01,02,03} honour_awarded level=city
      - 2019-06-01 experience_shared level=city
    expect: {items: {3: 3, 4: 2}, bonus: 2}
  - sentence: {zh: 一票否决, en: Vetoed.}
    events:
      - 2019-06-06 finding_recorded category=fraud
      - 2019-06-06 finding_recorded branch=b2 category=arson
    expect: {vetoed: true}
    expect_of: {b2: {grade: not rated}}
"""

ALL = HEAD + WHOLE + FAULTS


def cases_of(examples: str, form: str = FORM) -> Cases:
    return parse_cases(examples, "tiny.examples.yaml", parse_rubric(form, "tiny.yaml"))


def ran(examples: str, form: str = FORM) -> list[Result]:
    return run_cases(cases_of(examples, form))


def covered(examples: str, form: str = FORM) -> Coverage:
    cases = cases_of(examples, form)
    return measure_coverage(cases.loaded.rubric, run_cases(cases))


def example(lines: str, expect: str = "{total: 0}", **more: object) -> str:
    """A file of one example of its own events; lines are indented to fit."""
    head = "".join(f"    {key}: {value}\n" for key, value in more.items())
    events = "".join(f"      - {line}\n" for line in lines.splitlines())
    body = f"    events:\n{events}" if events else ""
    return (
        f"period: 2019\nexamples:\n  - sentence: {{zh: 例, en: example}}\n{head}{body}    expect: {expect}\n"
    )


def written(folder: Path, examples: str, form: str = FORM) -> Path:
    """Write the form and its examples side by side; returns the form's path."""
    path = folder / "tiny.yaml"
    path.write_text(form, "utf-8")
    path.with_name("tiny.examples.yaml").write_text(examples, "utf-8")
    return path
