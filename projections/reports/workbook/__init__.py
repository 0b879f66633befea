"""The workbook: a summary sheet, then a sheet a branch in the form's own layout."""
