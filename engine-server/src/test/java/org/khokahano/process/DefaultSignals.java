package org.khokahano.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commands that heed signals wherever they are started from. A build that runs in the background, or under
 * nohup, leaves SIGINT or SIGHUP ignored in all that it starts, and a JVM keeps it so.
 */
public final class DefaultSignals {

    private static final List<String> ENV = List.of("env", "--default-signal=HUP,INT,TERM");
    private static final boolean KNOWN = isKnown();

    private DefaultSignals() {}

    /** The command, with the signals as they are by default where the machine's env can do that. */
    public static List<String> of(List<String> command) {
        List<String> with = new ArrayList<>(KNOWN ? ENV : List.of());
        with.addAll(command);
        return with;
    }

    private static boolean isKnown() {
        List<String> tried = new ArrayList<>(ENV);
        tried.add("true");
        try {
            Process process = new ProcessBuilder(tried)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
