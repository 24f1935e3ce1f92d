package org.khokahano.event;

/**
 * Where a fault of the engine happened, for the log. The text of an exception may hold a value of the message
 * that it met, so only its class and places in the code are told.
 */
public final class FaultPlace {

    private static final String OWN = "org.khokahano.";
    private static final int MOST_CAUSES = 5;

    private FaultPlace() {}

    /** Its class, the place where it was thrown, and the engine's own place that led there; the same of its causes. */
    public static String of(Throwable fault) {
        StringBuilder told = new StringBuilder(place(fault));
        Throwable cause = fault.getCause();
        for (int deep = 0; cause != null && deep < MOST_CAUSES; deep++) {
            told.append(", caused by ").append(place(cause));
            cause = cause.getCause();
        }
        return told.toString();
    }

    private static String place(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        if (trace.length == 0) {
            return fault.getClass().getName() + " at an unknown place";
        }
        StringBuilder place =
                new StringBuilder(fault.getClass().getName()).append(" at ").append(trace[0]);
        for (int i = 0; i < trace.length; i++) {
            if (trace[i].getClassName().startsWith(OWN)) {
                return i == 0
                        ? place.toString()
                        : place.append(", called by ").append(trace[i]).toString();
            }
        }
        return place.toString();
    }
}
