package dev.vestibule.testhouse.home;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The one thread on which the whole house lives.
final class Loop implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("scripted-home", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    /// Does something on the thread of the house, and waits for it.
    <T> T call(Supplier<T> work) {
        if (loop.inEventLoop()) {
            return work.get();
        }
        return await(loop.submit(work::get));
    }

    void run(Runnable work) {
        var _ =
                call(
                        () -> {
                            work.run();
                            return true;
                        });
    }

    /// Does it on the next turn.
    void soon(Runnable work) {
        loop.execute(work);
    }

    /// @return what takes the plan back
    Runnable later(Duration delay, Runnable work) {
        Future<?> planned = loop.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
