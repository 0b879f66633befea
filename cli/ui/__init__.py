"""The terminal and what a command line is made of: printing, tables, widths, help, options, lazy commands."""
