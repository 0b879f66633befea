"""The lists that people print: dues, meetings, the roster, who has not paid; made from the log, values not
formulas.
"""
