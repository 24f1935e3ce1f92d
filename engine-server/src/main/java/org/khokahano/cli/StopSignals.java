package org.khokahano.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM, SIGINT and SIGHUP as requests. Left to itself the JVM would run its shutdown hooks and then exit
 * with 143 or 130; whoever asked the engine to stop expects 0 from an engine that did as it was asked.
 *
 * <p>The JDK's class for that is reached by reflection: it is supported but not standard, so that the
 * compiler warns of each direct use and another JVM may lack it. There the shutdown hook alone stops
 * the engine, as well in order.
 */
final class StopSignals {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private StopSignals() {}

    /** Runs the request, which must return at once, each time a signal asks the process to stop. */
    static void onStop(Runnable request) {
        on(List.of("TERM", "INT"), request);
    }

    /** Runs the request, which must return at once, each time SIGHUP comes. */
    static void onHangUp(Runnable request) {
        on(List.of("HUP"), request);
    }

    private static void on(List<String> signals, Runnable request) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> called(proxy, method, arguments, request));
            for (String name : signals) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            LOG.warn("the signals {} cannot be handled on this JVM ({})", signals, e.toString());
        }
    }

    private static Object called(Object proxy, Method method, Object[] arguments, Runnable request) {
        switch (method.getName()) {
            case "handle" -> request.run();
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {}
        }
        return "stop";
    }
}
