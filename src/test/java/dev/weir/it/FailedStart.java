package dev.weir.it;

import java.util.OptionalInt;

/**
 * A Weir that did not start.
 *
 * @param exitCode the process's, none where a container went on without the application
 * @param error the log from the line on that tells of the failure, the whole log where the process ended
 * @param log everything that was printed
 */
public record FailedStart(OptionalInt exitCode, String error, String log) {}
