"""The allowed values of choices and sets, each with its label and description in both languages."""
