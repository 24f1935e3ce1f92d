package org.khokahano.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.config.yaml.Environment;

/**
 * The ports that the hub's configuration asks its environment for: the standard ones where they are free,
 * others where they are taken.
 */
public final class DemoPorts {
    private static final Map<String, Integer> STANDARD = new TreeMap<>(Map.of(
            "QMMH_PORT", 2575,
            "MOTEBANG_PORT", 2576,
            "NRL_PORT", 2577,
            "HUB_ADMIN_PORT", 8080,
            "REGISTRY_PORT", 3601,
            "LIS_PORT", 3602,
            "MINISTRY_PORT", 3603,
            "QMMH_RESULTS_PORT", 3604,
            "MOTEBANG_RESULTS_PORT", 3605));

    private final Map<String, Integer> chosen;
    private final boolean moved;

    private DemoPorts(Map<String, Integer> chosen) {
        this.chosen = chosen;
        this.moved = !chosen.equals(STANDARD);
    }

    /** Looks which ports are free. All are held until the last one is chosen, so that none comes twice. */
    public static DemoPorts choose() {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        Map<String, ServerSocket> held = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Integer> wanted : STANDARD.entrySet()) {
                ServerSocket socket = hold(wanted.getValue());
                held.put(wanted.getKey(), socket);
                chosen.put(wanted.getKey(), socket.getLocalPort());
            }
            for (ServerSocket socket : held.values()) {
                socket.close();
            }
        } catch (IOException e) {
            throw new CommandFailure("no TCP port is free on this machine: " + e.getMessage());
        }
        return new DemoPorts(new TreeMap<>(chosen));
    }

    private static ServerSocket hold(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException taken) {
            socket.close();
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
    }

    /** Whether a standard port was taken. */
    public boolean moved() {
        return moved;
    }

    /** The port behind a name of the configuration. */
    public int of(String name) {
        Integer port = chosen.get(name);
        if (port == null) {
            throw new IllegalArgumentException(name);
        }
        return port;
    }

    /** These ports, this machine only, and whatever else the configuration asks the process for. */
    public Environment environment() {
        return name -> {
            if (name.equals("HUB_HOST")) {
                return Optional.of("127.0.0.1");
            }
            Integer port = chosen.get(name);
            return port != null
                    ? Optional.of(port.toString())
                    : name.endsWith("_HOST")
                            ? Optional.empty()
                            : Environment.ofProcess().variable(name);
        };
    }
}
