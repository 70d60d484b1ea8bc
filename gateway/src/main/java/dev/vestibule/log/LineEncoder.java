package dev.vestibule.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

import dev.vestibule.config.LogFormat;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Writes what the product logs. `logback.xml` names it; until [LogSettings] has read the
/// configuration its lines are text. Used by the thread that logs, one at a time, which is how it
/// knows the request.
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final String OURS = "dev.vestibule.";
    private static final byte[] NOTHING = {};

    private final ThrowableProxyConverter whole = new ThrowableProxyConverter();
    private final ThrowableProxyConverter brief = new ThrowableProxyConverter();
    private volatile LogFormat format = LogFormat.TEXT;

    void setFormat(LogFormat format) {
        this.format = format;
    }

    @Override
    public void start() {
        whole.start();
        brief.setOptionList(List.of("short"));
        brief.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Line line =
                new Line(
                        event.getInstant(),
                        event.getLevel().toString(),
                        lastName(event.getLoggerName()),
                        saying(event),
                        RequestScope.current(),
                        trace(event));
        return switch (format) {
            case TEXT -> TextLine.write(line).getBytes(UTF_8);
            case JSON -> JsonLine.write(line).getBytes(UTF_8);
        };
    }

    private static String lastName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static Saying saying(ILoggingEvent event) {
        @Nullable Object[] arguments = event.getArgumentArray();
        return event.getLoggerName().startsWith(OURS)
                ? Saying.of(
                        event.getMessage(),
                        arguments == null ? new Object[0] : arguments,
                        event.getFormattedMessage())
                : new Saying.Sentence(String.valueOf(event.getFormattedMessage()));
    }

    /// A fault of the gateway with all of its trace; what is away, or was refused, in brief.
    private String trace(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? ""
                : (event.getLevel().isGreaterOrEqual(Level.ERROR) ? whole : brief).convert(event);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
