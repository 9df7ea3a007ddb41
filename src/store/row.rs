//! A row of a query, read by the names of its columns.
//!
//! SQLite looks a name up by comparing it with one column after the other. Columns are read in the table's order:
//! the search starts where the last one ended, and mostly ends there.

use super::error::{StoreError, corrupt};
use rusqlite::Error;
use rusqlite::types::FromSql;
use std::cell::Cell;

/// A row that a query found.
pub(super) struct Row<'r> {
    row: &'r rusqlite::Row<'r>,
    columns: usize,
    next: Cell<usize>,
}

impl<'r> Row<'r> {
    pub(super) fn of(row: &'r rusqlite::Row<'r>) -> Row<'r> {
        Row { row, columns: row.as_ref().column_count(), next: Cell::new(0) }
    }

    /// The value of a column, by name or place.
    pub(super) fn get<C: Column, T: FromSql>(&self, column: C) -> rusqlite::Result<T> {
        self.row.get(column.place_in(self)?)
    }

    /// The text of a column, borrowed.
    pub(super) fn text(&self, column: &'static str) -> Result<&str, StoreError> {
        let value = self.row.get_ref(column.place_in(self)?)?;
        value.as_str().map_err(|_| corrupt(column, "no text"))
    }
}

pub(super) trait Column {
    /// Its place in a row.
    fn place_in(self, row: &Row<'_>) -> rusqlite::Result<usize>;
}

impl Column for usize {
    fn place_in(self, _row: &Row<'_>) -> rusqlite::Result<usize> {
        Ok(self)
    }
}

impl Column for &str {
    fn place_in(self, row: &Row<'_>) -> rusqlite::Result<usize> {
        let (statement, next) = (row.row.as_ref(), row.next.get());
        for place in (next..row.columns).chain(0..next) {
            if statement.column_name(place)? == self {
                row.next.set(place + 1);
                return Ok(place);
            }
        }
        Err(Error::InvalidColumnName(self.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn columns_are_found_in_any_order_and_more_than_once() {
        let db = Connection::open_in_memory().unwrap();
        let mut statement = db.prepare("SELECT 1 AS a, 'two' AS b, 3 AS c").unwrap();
        let mut rows = statement.query([]).unwrap();
        let row = Row::of(rows.next().unwrap().unwrap());
        let found: Vec<i64> = ["c", "a", "a", "c"].map(|name| row.get(name).unwrap()).into();
        assert_eq!(found, [3, 1, 1, 3]);
        assert_eq!((row.text("b").unwrap(), row.get::<_, i64>(2).unwrap()), ("two", 3));
        assert!(matches!(row.get::<_, i64>("d"), Err(Error::InvalidColumnName(name)) if name == "d"));
        assert!(matches!(row.text("a"), Err(StoreError::Corrupt { column: "a", .. })));
    }
}
