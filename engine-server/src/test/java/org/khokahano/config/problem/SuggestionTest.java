package org.khokahano.config.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class SuggestionTest {
    private static final List<String> KNOWN = List.of("ackTimeout", "connectTimeout", "host", "keepAlive", "port");

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "ack_timeout, ackTimeout",
        "acktimeuot, ackTimeout",
        "keep-alive, keepAlive",
        "conn, connectTimeout",
        "HOST, host"
    })
    @DisplayName("A slip of the finger finds the word that was meant")
    void shouldFindTheNearestWord(String written, String meant) {
        assertThat(Suggestion.nearest(written, KNOWN)).contains(meant);
    }

    @Test
    @DisplayName("A word that is like none gets the list of them")
    void shouldListAllWordsWhereNoneIsNear() {
        assertThat(Suggestion.nearest("---", KNOWN)).isEmpty();
        assertThat(Suggestion.hint("warehouse", KNOWN, "keys"))
                .isEqualTo("keys: ackTimeout, connectTimeout, host, keepAlive, port");
        assertThat(Suggestion.hint("warehouse", List.of(), "routes")).isEqualTo("there are no routes");
    }

    @ParameterizedTest
    @CsvSource({"ab, ba, 1", "abc, abc, 0", "abc, ac, 1", "abc, axc, 1", "abc, '', 3", "port, prot, 1", "ca, abc, 3"})
    @DisplayName("A swap of neighbours counts as one step")
    void shouldCountSteps(String from, String to, int steps) {
        assertThat(Suggestion.distance(from, to)).isEqualTo(steps);
    }
}
