package dev.vestibule.store;

import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// What follows from a change as soon as it holds, such as the line in the log that tells it: what
/// is rolled back did not happen, and nobody may hear of it.
///
/// JDBI forgets what it was to do after the commit where the whole transaction is rolled back, and
/// not where a part of it is; hence [#attempt]. Belongs to the thread that runs the transaction.
public final class WhenCommitted {

    private static final String SAVEPOINT = "attempt";

    private static final ScopedValue<List<Runnable>> OF_ATTEMPT = ScopedValue.newInstance();

    private static final ScopedValue<Boolean> FORESEEN = ScopedValue.newInstance();

    private WhenCommitted() {}

    /// Whether the transaction will be rolled back whatever comes of it, since somebody only wants
    /// to know what would: then nothing may be done about it beside the transaction either.
    public static boolean isForeseen() {
        return FORESEEN.isBound();
    }

    static <T> Callable<T> foreseen(Callable<T> work) {
        return () -> ScopedValue.where(FORESEEN, true).call(work::call);
    }

    /// Does something on this thread once the transaction has been committed, and not at all where
    /// that does not come. It must not wait for anything, nor throw.
    public static void run(Handle tx, Runnable work) {
        if (OF_ATTEMPT.isBound()) {
            OF_ATTEMPT.get().add(work);
        } else {
            tx.afterCommit(work);
        }
    }

    /// Does a part of a transaction. Where it throws, that part alone is rolled back, and what
    /// would follow from it is forgotten. No attempt may be made within another.
    ///
    /// @throws RuntimeException what the work threw, for the caller to judge
    public static <T> T attempt(Handle tx, Supplier<T> work) {
        List<Runnable> following = new ArrayList<>();
        tx.savepoint(SAVEPOINT);
        T result;
        try {
            result = ScopedValue.where(OF_ATTEMPT, following).call(work::get);
        } catch (RuntimeException undone) {
            tx.rollbackToSavepoint(SAVEPOINT);
            throw undone;
        }
        following.forEach(tx::afterCommit);
        return result;
    }
}
