"""Commands that write events: `log`, `import`, `retract`, `correct`, `adopt`, `assess`, `tally`."""
