package dev.vestibule;

import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every row of every table, so that a test can say that nothing has changed.
public final class DatabaseContents {

    private DatabaseContents() {}

    public static Map<String, List<String>> of(Database database) {
        return database.read(
                handle -> {
                    Map<String, List<String>> contents = new TreeMap<>();
                    for (String table : tables(handle)) {
                        contents.put(table, rows(handle, table));
                    }
                    return contents;
                });
    }

    private static List<String> tables(Handle handle) {
        List<String> names = new ArrayList<>();
        try (ResultSet tables =
                handle.getConnection()
                        .getMetaData()
                        .getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        } catch (SQLException problem) {
            throw new IllegalStateException("the tables cannot be listed", problem);
        }
        return names;
    }

    private static List<String> rows(Handle handle, String table) {
        return handle.createQuery("SELECT * FROM " + table).mapToMap().list().stream()
                .map(row -> new TreeMap<>(row).toString())
                .sorted()
                .toList();
    }
}
