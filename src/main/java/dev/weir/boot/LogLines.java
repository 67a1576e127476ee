package dev.weir.boot;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The launcher's log: a line a record on standard error, with time, level and message, credentials in URLs masked. */
final class LogLines extends Formatter {
    private static final String OWN_SETTING = "java.util.logging.config.file";
    /** Held here, for the log manager holds loggers weakly and would forget the level. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
    /**
     * They warn of what a client sent. It is told so, and would otherwise fill the log. The last one warns, with its stack,
     * of a client that left while its exchange was ending, which a flood of resets does a hundred times a second.
     */
    private static final List<Logger> PARSERS = List.of(
            Logger.getLogger("org.eclipse.jetty.http.HttpParser"),
            Logger.getLogger("org.eclipse.jetty.util.HostPort"),
            Logger.getLogger("org.eclipse.jetty.ee11.servlet.ServletChannelState"));

    /** Logs to {@code err}, unless the user configured java.util.logging; Jetty stays silent until {@link #started}. */
    static void begin(PrintStream err) {
        if (System.getProperty(OWN_SETTING) == null) {
            LogManager.getLogManager().reset();
            Logger.getLogger("").addHandler(new LineHandler(err));
            JETTY.setLevel(Level.OFF); // why a start fails is told by the launcher, in a sentence
            PARSERS.forEach(parser -> parser.setLevel(Level.OFF));
        }
    }

    /** From here on Jetty's warnings are worth a line. */
    static void started() {
        if (System.getProperty(OWN_SETTING) == null) {
            JETTY.setLevel(Level.WARNING);
        }
    }

    @Override
    public String format(LogRecord log) {
        String time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                log.getInstant().truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.systemDefault()));
        String line = time + " " + log.getLevel().getName() + " " + formatMessage(log) + "\n" + trace(log.getThrown());
        return masked(line);
    }

    private static String trace(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    /** Without the user info of URLs. */
    static String masked(String text) {
        return text.replaceAll("://[^/\\s]*@", "://***@");
    }

    /** Not the JVM's console handler, which asks for System.err before a test can replace it. */
    private static final class LineHandler extends Handler {
        private final PrintStream err;

        LineHandler(PrintStream err) {
            this.err = err;
            setFormatter(new LogLines());
        }

        @Override
        public void publish(LogRecord log) {
            if (isLoggable(log)) {
                err.print(getFormatter().format(log));
            }
        }

        @Override
        public void flush() {
            err.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
