package dev.weir.it;

import java.util.OptionalInt;

/**
 * A Weir that did not start.
 *
 * @param exitCode the process's, none where a container went on without the application
 * @param error the log from the line on that tells of the failure, the whole log where the process ended
 * @param log everything that was printed
 * @param served the status line with which the home answered a request to the application; empty where nobody listened
 */
public record FailedStart(OptionalInt exitCode, String error, String log, String served) {}
