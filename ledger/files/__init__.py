"""Files of events: JSON Lines, CSV and XLSX, in and out, templates, the full export and its way back."""
