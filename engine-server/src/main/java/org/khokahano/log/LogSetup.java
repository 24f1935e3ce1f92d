package org.khokahano.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.khokahano.config.LogConfig;
import org.khokahano.config.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up the log as it is configured. Until then it is text at INFO on the standard error. */
public final class LogSetup {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %-24thread %logger{0}: %msg%n";

    private LogSetup() {}

    /** Applies the configuration to the whole process. */
    public static void apply(LogConfig config) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
            console.setContext(context);
            console.setTarget("System.err");
            console.setEncoder(encoder(config.format(), context));
            console.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
            setLevels(context, Level.valueOf(config.level().name()));
        }
    }

    private static void setLevels(LoggerContext context, Level level) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(atLeast(Level.WARN, level));
        context.getLogger("org.khokahano").setLevel(level);
        // HAPI writes field values into its log, and so patients' data.
        context.getLogger("ca.uhn.hl7v2").setLevel(Level.OFF);
    }

    /** Libraries tell their warnings; their details are nobody's message but might hold somebody's. */
    private static Level atLeast(Level least, Level level) {
        return level.isGreaterOrEqual(least) ? level : least;
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        Encoder<ILoggingEvent> encoder = switch (format) {
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setPattern(PATTERN);
                yield text;
            }
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setWithSequenceNumber(false);
                json.setWithNanoseconds(false);
                json.setWithContext(false);
                json.setWithMessage(false);
                json.setWithArguments(false);
                json.setWithFormattedMessage(true);
                yield json;
            }
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
