"""Reports for the office: a workbook in the form's own layout, a page that tells every point, CSV, calendar.

In: what was replayed, the scores with their entries, the events behind them, a language, names. Out: an XLSX
workbook (`workbook.xlsx`), an HTML page (`page`), CSV (`scores_csv`), an iCalendar file of what is due
(`calendar`). Deliberately absent: scoring, the clock, printing.

    report    what workbook and page show, and the events behind it, read from the store
    building  scores → `Report`, once for both
"""
