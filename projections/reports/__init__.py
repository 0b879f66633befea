"""Reports for the office: a workbook in the form's own layout, and a page that tells every point.

In: the replay's JSON document with its entries, the rubric, the events behind the entries, a language. Out:
the bytes of an XLSX workbook (`xlsx`), the text of an HTML page (`page`). Deliberately absent: scoring, the
clock, names of people (codes only), printing.

    cited     which events the report must show, read from the store
    building  document → `Report`, what both outputs show, once
    xlsx      `Report` → workbook
    page      `Report` → page
"""
