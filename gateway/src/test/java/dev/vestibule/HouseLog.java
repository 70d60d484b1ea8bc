package dev.vestibule;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import dev.vestibule.log.LineEncoder;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All that this process logs from now on, with everything that our own rooms say, as the lines
/// that the product writes. Safe to share between threads.
final class HouseLog implements AutoCloseable {

    private static final Pattern REQUEST = Pattern.compile(" request=([a-z0-9-]+)(?: |$)");

    private final Logger root = logger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = logger("dev.vestibule");
    private final @Nullable Level before = ours.getLevel();
    private final LineEncoder encoder = new LineEncoder();
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    String line = new String(encoder.encode(event), UTF_8).stripTrailing();
                    entries.add(new Entry(event.getThreadName(), line));
                }
            };

    /// @param thread which wrote it
    record Entry(String thread, String line) {

        /// Of which request it says that it is; empty text for none.
        String request() {
            Matcher request = REQUEST.matcher(line.lines().findFirst().orElse(""));
            return request.find() ? request.group(1) : "";
        }

        boolean isOf(String event) {
            return line.contains(" event=" + event + " ");
        }
    }

    HouseLog() {
        encoder.start();
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        ours.setLevel(Level.TRACE);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    void forget() {
        entries.clear();
    }

    @Override
    public void close() {
        ours.setLevel(before);
        root.detachAppender(appender);
        appender.stop();
    }
}
