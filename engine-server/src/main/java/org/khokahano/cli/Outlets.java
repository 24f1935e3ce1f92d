package org.khokahano.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.value.HostPort;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a command writes to.
 *
 * @param out what it was asked for
 * @param err everything else
 */
record Outlets(PrintWriter out, PrintWriter err) {

    static Outlets of(@Nullable CommandSpec spec) {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        return new Outlets(commandLine.getOut(), commandLine.getErr());
    }

    /** Reads {@code HOST:PORT}. */
    static final class HostPortConverter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon);
            String port = text.substring(colon + 1);
            if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new TypeConversionException("write a host and a port, as in 127.0.0.1:2575, not '" + text + "'");
            }
            return new HostPort(host.replaceAll("^\\[|\\]$", ""), Integer.parseInt(port));
        }
    }
}
