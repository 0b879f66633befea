"""The log in a database: read, append, hash chain, verify, tables, migrations, connections, their faults."""
