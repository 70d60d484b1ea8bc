package dev.vestibule.store;

import java.nio.file.Path;

/// The embedded database: one file, write-ahead log, one writer beside many readers.
public final class Sqlite {

    private Sqlite() {}

    /// A URL for [Database#open]. `synchronous=FULL` in WAL mode: a sign-in or a suspension that
    /// was answered survives a power cut.
    public static String url(Path file) {
        return "jdbc:sqlite:"
                + file.toAbsolutePath()
                + "?journal_mode=WAL&synchronous=FULL&foreign_keys=on&busy_timeout=5000"
                + "&transaction_mode=IMMEDIATE";
    }
}
