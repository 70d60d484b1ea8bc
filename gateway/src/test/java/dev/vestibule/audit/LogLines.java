package dev.vestibule.audit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import dev.vestibule.log.RequestScope;

import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What one class writes to the log from now on.
public final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final Appender written = new Appender();

    public LogLines(Class<?> writer) {
        this.logger = (Logger) LoggerFactory.getLogger(writer);
        written.start();
        logger.addAppender(written);
    }

    /// @param request the number that it carries
    private record Line(String text, String request) {}

    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private final List<Line> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(new Line(event.getFormattedMessage(), RequestScope.current()));
        }
    }

    public List<String> all() {
        return written.lines.stream().map(Line::text).toList();
    }

    /// Which requests the lines belong to, in their order.
    public List<String> requests() {
        return written.lines.stream().map(Line::request).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(written);
    }
}
