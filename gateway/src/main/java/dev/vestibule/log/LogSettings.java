package dev.vestibule.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;

import dev.vestibule.config.LogConfig;

import org.slf4j.LoggerFactory;

import java.util.Iterator;

/// Brings the log of this process to what the configuration says. Where an operator has brought a
/// Logback configuration of their own, the form of its lines is theirs; so it is with our encoder
/// behind an asynchronous appender, which is not looked into, and on whose thread no line is of a
/// request.
public final class LogSettings {

    private static final String OURS = "dev.vestibule";

    private LogSettings() {}

    /// From here on. Libraries never say more than at `info`: what they say below that is theirs to
    /// choose, and may hold what was sent.
    public static void apply(LogConfig config) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        Level level = Level.toLevel(config.level().name());
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
        context.getLogger(OURS).setLevel(level);
        Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender
                    && appender.getEncoder() instanceof LineEncoder encoder) {
                encoder.setFormat(config.format());
            }
        }
    }
}
