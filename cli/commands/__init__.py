"""The commands, a family a folder; `cli.command_table` lists them."""
