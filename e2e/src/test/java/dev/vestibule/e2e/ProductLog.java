package dev.vestibule.e2e;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;

import org.slf4j.LoggerFactory;

import java.nio.file.Path;

/// The log of this process in a file, byte for byte as the product writes it to its standard error.
final class ProductLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    ProductLog(Path file) {
        appender.setContext(root.getLoggerContext());
        appender.setFile(file.toString());
        appender.setEncoder(encoder());
        appender.start();
        root.addAppender(appender);
    }

    private Encoder<ILoggingEvent> encoder() {
        if (root.getAppender("console") instanceof ConsoleAppender<ILoggingEvent> console) {
            return console.getEncoder();
        }
        throw new IllegalStateException("the product logs otherwise by now");
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
