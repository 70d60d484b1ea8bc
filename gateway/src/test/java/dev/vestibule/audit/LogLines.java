package dev.vestibule.audit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.slf4j.LoggerFactory;

import java.util.List;

/// What one class writes to the log from now on.
final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    LogLines(Class<?> writer) {
        this.logger = (Logger) LoggerFactory.getLogger(writer);
        written.start();
        logger.addAppender(written);
    }

    List<String> all() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(written);
    }
}
