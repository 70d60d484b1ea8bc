package dev.vestibule.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.vestibule.log.RequestScope;
import dev.vestibule.metric.Meters;
import dev.vestibule.metric.Timings;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The gateway's database. Safe to share between threads; whoever opened it closes it.
///
/// SQL runs on a small pool of platform threads, because the SQLite driver pins the carrier of a
/// virtual one, and all that changes something runs on one of them, because SQLite has one writer.
/// What has not come to its commit within [#WAIT_MAX] is rolled back, and the caller told so: a
/// caller who hears [DatabaseUnavailable] may say that nothing was changed.
public final class Database implements AutoCloseable {

    static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private static final int READERS = 3;
    private static final int QUEUE_MAX = 2_000;

    private static final List<Duration> WAITS =
            List.of(
                    Duration.ofMillis(1),
                    Duration.ofMillis(10),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10));

    /// Keeps what it has parsed. One for all databases of a process, so that tests, which open
    /// thousands, parse a statement once; a gateway has one database, and needs no such.
    private static final SqlParser STATEMENTS = new ColonPrefixSqlParser();

    private final HikariDataSource source;
    private final Jdbi jdbi;
    private final ExecutorService writer;
    private final ExecutorService readers;
    private final Duration waitMax;
    private volatile @Nullable Timings<WorkKind> waits;

    private Database(HikariDataSource source, Duration waitMax) {
        this.source = source;
        this.waitMax = waitMax;
        this.jdbi = Jdbi.create(source);
        jdbi.getConfig(SqlStatements.class).setSqlParser(STATEMENTS);
        // A message with what was bound would bring names and hashes into the log.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        this.writer = threads("database-writer", 1);
        this.readers = threads("database-reader", READERS);
    }

    /// Opens the database and brings its tables up to date.
    ///
    /// @param url a JDBC URL; see [Sqlite#url]
    /// @throws DatabaseUnavailable where it cannot be opened or migrated
    public static Database open(String url) {
        return open(url, WAIT_MAX);
    }

    /// Tests of a slow database do not wait for ten seconds.
    static Database open(String url, Duration waitMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(READERS + 1);
        config.setConnectionTimeout(WAIT_MAX.toMillis());
        try {
            HikariDataSource source = new HikariDataSource(config);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration", "classpath:db/" + product(url))
                    .load()
                    .migrate();
            return new Database(source, waitMax);
        } catch (RuntimeException problem) {
            throw new DatabaseUnavailable("The database cannot be opened at " + url, problem);
        }
    }

    /// `sqlite` of `jdbc:sqlite:…`.
    private static String product(String url) {
        return url.split(":", 3)[1];
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

    /// From here on it is among the metrics how long work waits for a connection.
    public void watch(Meters meters) {
        waits =
                meters.timings(
                        "vestibule.database.wait",
                        "Time for which work waits before the database begins with it",
                        "work",
                        WorkKind.class,
                        WAITS);
    }

    /// Reads. Must change nothing.
    public <T> T read(Work<T> work) {
        return await(WorkKind.READ, new Attempt(), () -> jdbi.withHandle(work::run));
    }

    /// Runs the work in one transaction: all of it holds, or none.
    public <T> T inTransaction(Work<T> work) {
        return inTransaction(work, _ -> {});
    }

    /// As [#inTransaction(Work)], with what must follow as soon as the change holds, such as the
    /// cutting of what was ended. It follows on the database's own thread, so also where the caller
    /// stopped waiting during the commit; it must not wait for anything.
    public <T> T inTransaction(Work<T> work, Consumer<T> afterwards) {
        Attempt attempt = new Attempt();
        return await(
                WorkKind.WRITE,
                attempt,
                () -> {
                    T result =
                            jdbi.inTransaction(
                                    tx -> {
                                        T value = work.run(tx);
                                        attempt.commit();
                                        return value;
                                    });
                    afterwards.accept(result);
                    return result;
                });
    }

    /// Finds out what would come of a change: makes it, and takes it back. It takes its turn among
    /// the changes.
    public <T> T foresee(Work<T> work) {
        return await(
                WorkKind.WRITE,
                new Attempt(),
                WhenCommitted.foreseen(
                        () ->
                                jdbi.inTransaction(
                                        tx -> {
                                            T value = work.run(tx);
                                            tx.rollback();
                                            return value;
                                        })));
    }

    /// As [#inTransaction(Work)], where there is nothing to return.
    public void change(Consumer<Handle> work) {
        inTransaction(
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    private <T> T await(WorkKind kind, Attempt attempt, Callable<T> work) {
        Future<T> result;
        try {
            result = threads(kind).submit(RequestScope.kept(timed(kind, work)));
        } catch (RejectedExecutionException full) {
            throw new DatabaseUnavailable("Too much work waits for the database.", full);
        }
        try {
            return awaitOrGiveUp(result, attempt);
        } catch (TimeoutException late) {
            throw new DatabaseUnavailable("The database did not answer in time.", late);
        } catch (InterruptedException interrupted) {
            attempt.giveUp();
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("The wait for the database was ended.", interrupted);
        } catch (ExecutionException failed) {
            throw unwrap(failed);
        }
    }

    private ExecutorService threads(WorkKind kind) {
        return switch (kind) {
            case READ -> readers;
            case WRITE -> writer;
        };
    }

    private <T> Callable<T> timed(WorkKind kind, Callable<T> work) {
        Timings<WorkKind> watched = waits;
        if (watched == null) {
            return work;
        }
        long asked = System.nanoTime();
        return () -> {
            watched.record(kind, System.nanoTime() - asked);
            return work.call();
        };
    }

    /// What is being committed already is waited for once more, since it can no longer be undone.
    private <T> T awaitOrGiveUp(Future<T> result, Attempt attempt)
            throws TimeoutException, InterruptedException, ExecutionException {
        try {
            return result.get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            if (attempt.giveUp()) {
                result.cancel(false);
                throw late;
            }
            return result.get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Who comes first: the caller who gives up, or the commit. Shared by both threads.
    private static final class Attempt {
        private final AtomicBoolean isDecided = new AtomicBoolean();

        /// Rolls back, by throwing, where the caller has been told that nothing happened.
        void commit() {
            if (!isDecided.compareAndSet(false, true)) {
                throw new CancellationException("the caller has given up");
            }
        }

        /// @return false where it is too late
        boolean giveUp() {
            return isDecided.compareAndSet(false, true);
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
