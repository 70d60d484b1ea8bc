package dev.vestibule.log;

import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/// Which request the current thread works on, so that every line that it writes meanwhile carries
/// the number that the request's answer shows. Nothing but log lines, and what leads to log lines
/// later, may read it.
///
/// It holds for one piece of work on one thread, and is not handed on by itself: whoever gives work
/// to another thread, or does it later, wraps it in [#kept].
public final class RequestScope {

    /// Where nothing came of a request.
    public static final String NONE = "";

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private RequestScope() {}

    /// The request's number; [#NONE] outside of all requests.
    public static String current() {
        return CURRENT.orElse(NONE);
    }

    /// @param request its number, or [#NONE]
    public static void run(String request, Runnable work) {
        if (request.equals(current())) {
            work.run();
        } else {
            ScopedValue.where(CURRENT, request).run(work);
        }
    }

    /// As [#run], of work that has a result.
    public static <T> T call(String request, Supplier<T> work) {
        return ScopedValue.where(CURRENT, request).call(work::get);
    }

    /// The work, still of the current request on whatever thread does it.
    public static Runnable kept(Runnable work) {
        String request = current();
        return request.equals(NONE) ? work : () -> run(request, work);
    }

    /// As [#kept(Runnable)], of work that has a result.
    public static <T> Callable<T> kept(Callable<T> work) {
        String request = current();
        return request.equals(NONE)
                ? work
                : () -> ScopedValue.where(CURRENT, request).call(work::call);
    }

    /// As [#kept(Runnable)], of what follows from a result.
    public static <A, B> Function<A, B> kept(Function<A, B> work) {
        String request = current();
        return request.equals(NONE)
                ? work
                : given -> ScopedValue.where(CURRENT, request).call(() -> work.apply(given));
    }
}
