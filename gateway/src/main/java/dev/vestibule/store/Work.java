package dev.vestibule.store;

import org.jdbi.v3.core.Handle;

/// Work on one database connection. It must not wait for anything but the database.
@FunctionalInterface
public interface Work<T> {

    T run(Handle handle);
}
