"""A branch's pages: what presses, logging, dues, sheets, the roster, history, the score, days, reminders."""
