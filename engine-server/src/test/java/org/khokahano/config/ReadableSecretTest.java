package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that others could read on the way is warned of; one that never leaves the machine is not. */
@Tag("unit")
class ReadableSecretTest {
    private static final String WARNED = "secret is readable on the way";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "\"::1\""})
    @DisplayName("A listener with a secret and without TLS is not warned of on this machine's own address")
    void shouldNotWarnOfAListenerOnThisMachineOnly(String host) {
        assertThat(listener(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "\"::\"", "10.0.0.1", "128.0.0.1", "localhost.example", "127.0.0.1.example"})
    @DisplayName("A listener with a secret and without TLS is warned of where others reach it")
    void shouldWarnOfAListenerThatOthersReach(String host) {
        assertThat(listener(host)).singleElement().asString().contains(WARNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    @DisplayName("A secret sent over http to this machine is not warned of")
    void shouldNotWarnOfADestinationOnThisMachine(String host) {
        assertThat(destination("http", host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports.example", "10.0.0.1", "localhost.example"})
    @DisplayName("A secret sent over http to another machine is warned of, over https it is not")
    void shouldWarnOfADestinationElsewhere(String host) {
        assertThat(destination("http", host)).singleElement().asString().contains(WARNED);
        assertThat(destination("https", host)).isEmpty();
    }

    private List<String> listener(String host) {
        return problems(
                "  in: {http: {host: " + host + ", port: 8081, bearer: {token: invented}}}\n",
                "{mllp: {host: 127.0.0.1, port: 2576}}");
    }

    private List<String> destination(String scheme, String host) {
        return problems(
                "  in: {mllp: {port: 2575}}\n",
                "{http: {url: \"" + scheme + "://" + host + ":8082/hl7\", bearer: {token: invented}}}");
    }

    private List<String> problems(String listener, String destination) {
        return TestConfigurations.messages(TestConfigurations.read(
                directory,
                "engine: hub\nlisteners:\n" + listener + "destinations:\n  out: " + destination
                        + "\nroutes:\n  all: {to: [out]}\n"));
    }
}
