package org.khokahano.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.cli.terminal.ExitCode;
import org.khokahano.tls.ClientTlsSettings;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsFileException;
import org.khokahano.tls.TlsFiles;
import picocli.CommandLine.Option;

/** The options of a command that can speak TLS. */
final class TlsOptions {

    @Option(names = "--tls", description = "Speak TLS.")
    private boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Who must have signed the listener's certificate, in PEM; those that Java trusts without it.")
    private @Nullable Path authorities;

    @Option(names = "--cert", paramLabel = "FILE", description = "The certificate to show, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The private key to it, in PEM.")
    private @Nullable Path key;

    /** The certificates; empty where TLS is not wanted. */
    Optional<TlsContext> context() {
        if (!tls && authorities == null && certificate == null && key == null) {
            return Optional.empty();
        }
        if ((certificate == null) != (key == null)) {
            throw new CommandFailure("--cert and --key come together; add the other one", ExitCode.USAGE);
        }
        try {
            TlsFiles files = new TlsFiles(certificate, key, authorities);
            return Optional.of(TlsContext.client("khoka", new ClientTlsSettings(files, null, true)));
        } catch (TlsFileException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
