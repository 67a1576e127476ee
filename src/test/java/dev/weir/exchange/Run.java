package dev.weir.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.boot.Weir;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** One run of the launcher's main logic in this process, for command lines that come to an end. */
record Run(int status, String out, String err) {
    static Run of(String... commandLine) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Weir.run(commandLine, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }
}
