package org.khokahano.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a run's files go, and what it starts processes with.
 *
 * @param repository the project's root, where ./khoka is
 * @param output reports, logs and the processes' data
 * @param java the JVM for the peers
 * @param jvmOptions options for every measured JVM, the engine's through KHOKA_JAVA_OPTS
 */
record Workspace(Path repository, Path output, Path java, List<String> jvmOptions) {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([0-9]+)");

    /** The directory above (or at) the given one that holds this project. */
    static Path findRepository(Path start) {
        for (Path at = start.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("engine-bench")) && Files.exists(at.resolve("pom.xml"))) {
                return at;
            }
        }
        throw new IllegalArgumentException("Start this inside the project; " + start + " is not");
    }

    /** The newest JDK found, as the engine's launcher does; else the one that runs this. */
    static Path newestJava() {
        Path own = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>(installed());
        homes.add(own);
        return homes.stream()
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .max(Comparator.comparingInt(Workspace::featureVersion))
                .orElse(own)
                .resolve("bin/java");
    }

    /** An empty directory for one process's data, on the output's disk. */
    Path freshData(String name) throws IOException {
        Path data = output.resolve("data").resolve(name);
        delete(data);
        return Files.createDirectories(data);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Bytes below a directory; a file that vanishes meanwhile counts nothing. */
    static long size(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(Path::toFile)
                    .mapToLong(file -> file.isFile() ? file.length() : 0)
                    .sum();
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<Path> installed() {
        Path directory = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int featureVersion(Path home) {
        try {
            Matcher matcher = VERSION.matcher(Files.readString(home.resolve("release")));
            return Optional.of(matcher)
                    .filter(Matcher::find)
                    .map(found -> Integer.parseInt(found.group(1)))
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
