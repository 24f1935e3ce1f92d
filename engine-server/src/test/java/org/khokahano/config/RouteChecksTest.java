package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.config.TestConfigurations.messages;
import static org.khokahano.config.TestConfigurations.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that cannot be meant as they are written, and code tables that cannot be read. */
@Tag("unit")
class RouteChecksTest {
    private static final String BEGIN = """
            engine: hub
            listeners:
              ehr: {mllp: {port: 2575}, accept: {types: [ADT]}}
            destinations:
              lis: {mllp: {host: lis.example, port: 2576}}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{when: \"msg.type == 'ADT' && msg.type == 'ORU'\", to: [lis]}; its condition cannot be true",
                "{when: \"false\", to: [lis]}; its condition cannot be true",
                "{when: \"msg.type in ['ORU', 'OML']\", to: [lis]}; its listeners refuse OML, ORU",
                "{when: \"listener == 'web'\", to: [lis]}; it hears no listener named web",
                "{when: \"table('wards').has('A')\", to: [lis]}; there is no code table 'wards'",
                "{except: [tests], to: [lis]}; there is no filter 'tests'",
            })
    @DisplayName("A route that can never take a message, or names what is not there, is told")
    void shouldTellRoutesThatNeverMatch(String route, String said) {
        assertThat(messages(read(directory, BEGIN + "routes:\n  one: " + route + "\n")))
                .anySatisfy(message -> assertThat(message).contains(said));
    }

    @Test
    @DisplayName("With the first match only, a route behind one that takes everything is an error")
    void shouldTellARouteBehindOneThatTakesAll() {
        String routes = "routes:\n  all: {to: [lis]}\n  late: {when: \"msg.type == 'ADT'\", to: [lis]}\n";

        assertThat(messages(read(directory, BEGIN + "routing: {match: first}\n" + routes)))
                .containsExactly("9:3 the route never takes a message: 'all' takes all of them before it");
        assertThat(messages(read(directory, BEGIN + routes))).isEmpty();
    }

    @Test
    @DisplayName("With the first match only, a route that asks the same as one before it is told")
    void shouldTellARouteThatAsksTheSame() {
        String routes = "routes:\n  one: {when: \"msg.event == 'A01'\", to: [lis]}\n"
                + "  two: {when: \"msg.event=='A01'\", to: [lis]}\n";

        assertThat(messages(read(directory, BEGIN + "routing: {match: first}\n" + routes)))
                .containsExactly("9:15 the route never takes a message of the listener 'ehr': 'one' asks the same"
                        + " before it");
        assertThat(messages(read(directory, BEGIN + routes))).isEmpty();
    }

    @Test
    @DisplayName("Two routes for the rest of one listener are an error")
    void shouldTellTwoRoutesForTheRest() {
        assertThat(messages(read(
                        directory,
                        BEGIN + "routes:\n  a: {otherwise: true, to: [lis]}\n  b: {otherwise: true, to: [lis]}\n")))
                .containsExactly("8:7 the route 'a' takes the rest of the listener 'ehr' already");
    }

    @Test
    @DisplayName("A bad row of a code table is told in its own file")
    void shouldTellABadRow() throws IOException {
        Files.writeString(directory.resolve("wards.csv"), "code,target\nA,1\nA,2\n");

        assertThat(read(directory, BEGIN + "tables:\n  wards: {file: wards.csv}\nroutes:\n  all: {to: [lis]}\n")
                        .problems())
                .anySatisfy(problem -> {
                    assertThat(problem.message())
                            .isEqualTo("the code 'A' is in line 2 too, and valid at the same time");
                    assertThat(problem.toString()).contains("wards.csv");
                });
    }
}
