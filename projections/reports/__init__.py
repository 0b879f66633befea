"""Reports for the office: a workbook in the form's own layout, a page that tells every point, CSV, calendar.

In: what was replayed, the scores with their entries, the events behind them, a language, names. Out: an XLSX
workbook (`workbook.xlsx`), an HTML page (`page`), CSV (`scores_csv`), an iCalendar file of what is due
(`calendar`). Deliberately absent: scoring, the clock, printing.

    cited     which events the report must show, read from the store
    building  scores → `Report`, what workbook and page show, once
"""
