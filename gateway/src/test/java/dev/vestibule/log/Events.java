package dev.vestibule.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;

import dev.vestibule.config.LogFormat;

import org.jspecify.annotations.Nullable;

/// What is logged, and the line that becomes of it.
final class Events {

    private static final LoggerContext CONTEXT = new LoggerContext();

    private final LineEncoder encoder = new LineEncoder();

    Events(LogFormat format) {
        encoder.setFormat(format);
        encoder.start();
    }

    /// Of a class of ours, unless the name says otherwise.
    String line(String logger, @Nullable Throwable problem, String pattern, Object... arguments) {
        Logger writer = CONTEXT.getLogger(logger);
        return new String(
                encoder.encode(
                        new LoggingEvent(
                                Events.class.getName(),
                                writer,
                                problem == null ? Level.INFO : Level.ERROR,
                                pattern,
                                problem,
                                arguments)),
                UTF_8);
    }

    String line(String pattern, Object... arguments) {
        return line("dev.vestibule.gate.Door", null, pattern, arguments);
    }
}
