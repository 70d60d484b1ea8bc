package dev.vestibule.testhouse.home;

import java.time.Duration;

/// Does something at once, and again after every pause, until it is stopped. Lives on the event
/// loop.
final class Beat {

    private final Loop loop;
    private final Duration pause;
    private final Runnable work;
    private Runnable cancel = () -> {};

    Beat(Loop loop, Duration pause, Runnable work) {
        this.loop = loop;
        this.pause = pause;
        this.work = work;
    }

    void start() {
        cancel = loop.later(pause, this::start);
        work.run();
    }

    void stop() {
        cancel.run();
    }
}
