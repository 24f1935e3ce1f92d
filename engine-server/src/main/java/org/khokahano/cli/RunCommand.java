package org.khokahano.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.ConfigurationResult;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.AdminAssembly;
import org.khokahano.engine.Engine;
import org.khokahano.engine.EngineAssembly;
import org.khokahano.log.LogSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code khoka run}: the daemon. */
@Command(name = "run", description = "Run the engine until SIGTERM.")
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The configuration directory.")
    private @Nullable Path directory;

    @Option(names = "--data", paramLabel = "DIR", description = "Overrides the store's place.")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        ConfigurationResult result =
                ConfigurationReader.read(java.util.Objects.requireNonNull(directory), Environment.ofProcess());
        EngineConfig config = result.config().orElse(null);
        if (config == null) {
            result.problems().forEach(problem -> System.err.println(problem));
            return 78;
        }
        LogSetup.apply(config.log());
        AdminAssembly admin = AdminAssembly.begin(config, Optional.ofNullable(data));
        Engine engine = EngineAssembly.assemble(config, Optional.ofNullable(data), admin.events());
        admin.attach(engine);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            engine.stop();
            admin.close();
            stopped.countDown();
        }));
        engine.start();
        stopped.await();
        return 0;
    }
}
