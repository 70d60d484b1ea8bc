/// The database: connections, transactions, migrations. Tables belong to the rooms that use them;
/// this room knows none of them.
///
/// Entry: [Database]. The same SQL runs on SQLite and, later, on PostgreSQL: text ids, instants as
/// milliseconds in BIGINT, no functions of one of them.
@NullMarked
package dev.vestibule.store;

import org.jspecify.annotations.NullMarked;
