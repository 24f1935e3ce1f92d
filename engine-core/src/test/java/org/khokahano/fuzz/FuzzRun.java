package org.khokahano.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tries one target: a class with {@code public static void fuzzerTestOneInput(byte[])} that throws where an
 * input shows a defect. Its first inputs, and those that showed a defect once, are the files in
 * {@code src/test/resources/fuzz/NAME}.
 *
 * <p>Jazzer goes on from them, guided by which code an input reaches: for as many inputs as the target's
 * {@code public static final int INPUTS} says where {@code khoka.fuzz.build} is true, so that the same code is tried with
 * the same inputs on a machine of any speed; or for {@code khoka.fuzz.seconds}. What it finds is written to
 * {@code target/fuzz/NAME}; kept among the first inputs it is tried again in each build.
 */
public final class FuzzRun {
    /** The same in each build, so that none fails for what its change has nothing to do with; 0 for any. */
    private static final long SEED = Long.getLong("khoka.fuzz.seed", 1);

    private static final int SECONDS = Integer.getInteger("khoka.fuzz.seconds", 0);

    private static final boolean IN_BUILD = SECONDS == 0 && Boolean.getBoolean("khoka.fuzz.build");

    /** A build's inputs take some seconds; this ends what hangs beside its inputs. */
    private static final int BUILD_SECONDS = 1_200;

    /** Far longer than any input takes on a busy machine, while its classes are being instrumented. */
    private static final int INPUT_TIMEOUT_SECONDS = 60;

    /** For starting on a busy machine, and for the first inputs. */
    private static final int GRACE_SECONDS = 180;

    private static final int LONGEST_INPUT = 4_000;
    private static final int HEAP_MEGABYTES = 512;
    private static final int SHOWN = 6_000;

    private final Class<?> target;
    private final Path kept;
    private final Path directory;

    public FuzzRun(Class<?> target) {
        this.target = target;
        this.kept = Path.of("src", "test", "resources", "fuzz", target.getSimpleName());
        this.directory = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
    }

    /** Tries the kept inputs here, each in bounded time. */
    public void replay() throws IOException, NoSuchMethodException {
        Method method = target.getMethod("fuzzerTestOneInput", byte[].class);
        List<Path> inputs;
        try (Stream<Path> files = Files.list(kept)) {
            inputs = files.sorted(Comparator.comparing(Path::toString)).toList();
        }
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(INPUT_TIMEOUT_SECONDS),
                    () -> tried(method, bytes),
                    () -> input + " takes too long");
        }
    }

    private static void tried(Method method, byte[] input) throws Throwable {
        try {
            method.invoke(null, (Object) input);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** Has Jazzer look for inputs that throw, hang or fill a small heap. */
    public void fuzz() throws IOException, InterruptedException {
        assumeTrue(
                IN_BUILD || SECONDS > 0,
                "skipped: -Dkhoka.fuzz.seconds=10 lets Jazzer look for 10 s, -Dkhoka.fuzz.build=true as CI does");
        long seed = SEED == 0 ? new Random().nextInt(Integer.MAX_VALUE) : SEED;
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        if (IN_BUILD) {
            // What an earlier build came upon would change what this one tries.
            empty(corpus);
        }
        Path log = directory.resolve("jazzer.log");
        Process jazzer = new ProcessBuilder(command(seed, corpus))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = jazzer.waitFor((IN_BUILD ? BUILD_SECONDS : SECONDS) + GRACE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            jazzer.destroyForcibly().waitFor();
        }
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(ended && jazzer.exitValue() == 0)
                .as(
                        "%s with -Dkhoka.fuzz.seed=%d; what was found is in %s:%n%s",
                        target.getSimpleName(), seed, directory, said.substring(Math.max(0, said.length() - SHOWN)))
                .isTrue();
        assertThat(said).as("Jazzer has tried inputs").containsPattern("Done \\d+ runs|#\\d+\\s+DONE");
    }

    private static void empty(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private String bound() {
        if (!IN_BUILD) {
            return "-max_total_time=" + SECONDS;
        }
        try {
            return "-runs=" + target.getField("INPUTS").getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(target + " does not say how many INPUTS a build tries", e);
        }
    }

    private List<String> command(long seed, Path corpus) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + HEAP_MEGABYTES + "m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("-Djava.io.tmpdir=" + directory, "-cp", classPath()));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + target.getName());
        command.add("--instrumentation_includes=org.khokahano.**");
        // A configuration's author may write regular expressions; that is no injection.
        command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection");
        command.add("--reproducer_path=" + directory);
        command.add("-artifact_prefix=" + directory + "/");
        command.add("-seed=" + seed);
        command.add(bound());
        // The directory is looked at again by the clock otherwise.
        command.add("-reload=0");
        command.add("-timeout=" + INPUT_TIMEOUT_SECONDS);
        command.add("-max_len=" + LONGEST_INPUT);
        // The heap is what an input may not fill; the instrumented classes of all libraries are beside it.
        command.add("-rss_limit_mb=6144");
        command.add("-print_final_stats=1");
        command.add(corpus.toString());
        command.add(kept.toAbsolutePath().toString());
        return command;
    }

    private static String classPath() {
        String real = System.getProperty("surefire.test.class.path");
        return real != null ? real : System.getProperty("java.class.path");
    }
}
