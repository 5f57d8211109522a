"""What people call what the store keeps by an id."""

from sqlalchemy import Connection, Table, select


def names_in(conn: Connection, table: Table) -> dict[str, str]:
    """Key -> name, of every row of a table that has both."""
    return {str(row.key): str(row.name) for row in conn.execute(select(table.c.key, table.c.name))}
