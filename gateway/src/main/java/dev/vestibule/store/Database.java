package dev.vestibule.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The gateway's database. Safe to share between threads; whoever opened it closes it.
///
/// SQL runs on a small pool of platform threads, because the SQLite driver pins the carrier of a
/// virtual one, and all that changes something runs on one of them, because SQLite has one writer.
/// Work that has not begun within [#WAIT_MAX] is dropped, and the caller told so.
public final class Database implements AutoCloseable {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final int READERS = 3;
    private static final int QUEUE_MAX = 2_000;

    private final HikariDataSource source;
    private final Jdbi jdbi;
    private final ExecutorService writer;
    private final ExecutorService readers;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
        this.writer = threads("database-writer", 1);
        this.readers = threads("database-reader", READERS);
    }

    /// Opens the database and brings its tables up to date.
    ///
    /// @param url a JDBC URL; see [Sqlite#url]
    /// @throws DatabaseUnavailable where it cannot be opened or migrated
    public static Database open(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(READERS + 1);
        config.setConnectionTimeout(WAIT_MAX.toMillis());
        try {
            HikariDataSource source = new HikariDataSource(config);
            Flyway.configure().dataSource(source).load().migrate();
            return new Database(source);
        } catch (RuntimeException problem) {
            throw new DatabaseUnavailable("The database cannot be opened at " + url, problem);
        }
    }

    private static ExecutorService threads(String name, int count) {
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(QUEUE_MAX),
                Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /// Reads. Must change nothing.
    public <T> T read(Work<T> work) {
        return await(readers, () -> jdbi.withHandle(work::run));
    }

    /// Runs the work in one transaction: all of it holds, or none.
    public <T> T inTransaction(Work<T> work) {
        return await(writer, () -> jdbi.inTransaction(work::run));
    }

    /// As [#inTransaction], where there is nothing to return.
    public void change(Consumer<Handle> work) {
        await(
                writer,
                () -> {
                    jdbi.useTransaction(work::accept);
                    return true;
                });
    }

    private static <T> T await(ExecutorService threads, Callable<T> work) {
        Future<T> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException full) {
            throw new DatabaseUnavailable("Too much work waits for the database.", full);
        }
        try {
            return result.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            result.cancel(false);
            throw new DatabaseUnavailable("The database did not answer in time.", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            result.cancel(false);
            throw new DatabaseUnavailable("The wait for the database was ended.", interrupted);
        } catch (ExecutionException failed) {
            throw unwrap(failed);
        }
    }

    /// What the work itself threw on purpose reaches the caller; what the driver threw becomes
    /// [DatabaseUnavailable].
    private static RuntimeException unwrap(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException thrown && !isFromDriver(thrown)) {
            return thrown;
        }
        return new DatabaseUnavailable("The database refused the work.", failed);
    }

    private static boolean isFromDriver(RuntimeException thrown) {
        return thrown.getClass().getName().startsWith("org.jdbi.");
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
        source.close();
    }
}
