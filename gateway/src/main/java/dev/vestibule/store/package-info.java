/// The database: connections, transactions, migrations. Tables belong to the rooms that use them;
/// this room knows none of them.
///
/// Entry: [Database]. The same SQL runs on SQLite and, later, on PostgreSQL: text ids, instants as
/// milliseconds in BIGINT, no functions of one of them. Migrations lie in `db/migration`; only what
/// the two say differently, such as triggers, lies in a directory of each, `db/sqlite`.
@NullMarked
package dev.vestibule.store;

import org.jspecify.annotations.NullMarked;
