package org.khokahano.cli;

import java.util.List;
import java.util.function.LongFunction;
import org.khokahano.cli.terminal.CommandFailure;

/** Does the same to each of several things; one that is refused does not stop the others. */
final class Each {

    private Each() {}

    /**
     * Prints what was done, or why not, on a line for each.
     *
     * @return the exit code: 0 where all were done, 1 where one was refused
     */
    static int of(List<Long> ids, AdminOptions options, LongFunction<String> action) {
        int exit = 0;
        for (long id : ids) {
            try {
                options.out().println(action.apply(id));
            } catch (CommandFailure e) {
                if (e.exitCode() != AdminClient.REFUSED) {
                    throw e;
                }
                options.out().println(id + ": " + e.getMessage());
                exit = AdminClient.REFUSED;
            }
        }
        return exit;
    }
}
