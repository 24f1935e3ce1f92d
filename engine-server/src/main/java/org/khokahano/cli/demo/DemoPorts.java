package org.khokahano.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.config.yaml.Environment;

/**
 * The ports that the hub's configuration asks its environment for: the standard ones where they are free,
 * others where they are taken.
 */
public final class DemoPorts {
    private static final Map<String, Integer> STANDARD = new TreeMap<>(Map.ofEntries(
            Map.entry("QMMH_PORT", 2575),
            Map.entry("MOTEBANG_PORT", 2576),
            Map.entry("NRL_PORT", 2577),
            Map.entry("QUERIES_PORT", 2578),
            Map.entry("CLINICS_PORT", 2580),
            Map.entry("HUB_ADMIN_PORT", 8080),
            Map.entry("REGISTRY_PORT", 3601),
            Map.entry("LIS_PORT", 3602),
            Map.entry("MINISTRY_PORT", 3603),
            Map.entry("QMMH_RESULTS_PORT", 3604),
            Map.entry("MOTEBANG_RESULTS_PORT", 3605),
            Map.entry("PROGRAMME_PORT", 3606),
            Map.entry("DISTRICTS_PORT", 3607),
            Map.entry("PORTAL_PORT", 3608),
            Map.entry("IMMUNISATION_PORT", 3609),
            Map.entry("QMMH_REFERRALS_PORT", 3610),
            Map.entry("STORES_PORT", 3611)));

    /** The secrets for which the configuration has invented defaults. */
    private static final Set<String> INVENTED =
            Set.of("CLINICS_PASSWORD", "MINISTRY_TOKEN", "PROGRAMME_TOKEN", "DISTRICTS_TOKEN", "PORTAL_TOKEN");

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

    /**
     * These ports, this machine only, and whatever else the configuration asks the process for.
     *
     * @param analyserFiles where the analyser's files come in
     */
    public Environment environment(Path analyserFiles) {
        return name -> {
            if (name.equals("ANALYSER_FILES")) {
                return Optional.of(analyserFiles.toString());
            }
            if (name.equals("HUB_HOST")) {
                return Optional.of("127.0.0.1");
            }
            Optional<DemoSite> site = DemoSite.ofAddress(name);
            if (site.isPresent()) {
                return Optional.of(
                        "http://127.0.0.1:" + of(site.get().port()) + site.get().path());
            }
            if (INVENTED.contains(name)) {
                // A real secret of this process's environment has no business in a demo.
                return Optional.empty();
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
