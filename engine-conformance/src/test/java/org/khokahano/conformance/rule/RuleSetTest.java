package org.khokahano.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.conformance.standard.StandardLayer;
import org.khokahano.conformance.standard.StandardLevels;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.route.Origin;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Severity;

@Tag("unit")
class RuleSetTest {

    /** A layer with a place for each of many fields; it remembers what it was asked for. */
    private static class ManyPlaces implements RuleLayer {
        private final List<String> added = new ArrayList<>();
        private final List<WeakReference<Object>> rules = new ArrayList<>();

        @Override
        public String name() {
            return "many";
        }

        @Override
        public Object dependsOn(MessageKind kind) {
            return kind.event();
        }

        @Override
        public void addTo(RuleTree tree, MessageKind kind) {
            added.add(kind.code() + '^' + kind.event());
            Object mark = new Object();
            rules.add(new WeakReference<>(mark));
            for (int number = 1; number <= 20_000; number++) {
                tree.segment("ZZZ").field(number).value("mark", (element, findings) -> Objects.requireNonNull(mark));
            }
        }
    }

    private final ManyPlaces layer = new ManyPlaces();
    private final RuleSet rules = new RuleSet("test", List.of(layer));

    private static void validate(RuleSet rules, String version, String type) throws UnreadableMessageException {
        String message = "MSH|^~\\&|EHR|QMMH|R|LS|20261123||" + type + "|1|P|" + version + "\rPID|1\r";
        rules.validate(
                Message.read(message.getBytes(StandardCharsets.US_ASCII)),
                new Origin("ehr", "QMMH", 0),
                new Findings(10, 10_000));
    }

    @Test
    @DisplayName("Kinds of which no layer makes a difference have the same rules")
    void shouldMakeTheSameRulesOnce() throws UnreadableMessageException {
        for (String type : List.of("ADT^A01", "ADT^A01", "ORU^A01", "ADT^A01^ADT_A01", "ADT^A02")) {
            validate(rules, "2.5.1", type);
        }
        assertThat(layer.added).containsExactly("ADT^A01", "ADT^A02");
    }

    @Test
    @DisplayName("Whatever kinds senders invent, the memory that rules take is bounded")
    void shouldLetRulesGo() throws UnreadableMessageException {
        for (int kind = 0; kind < 50; kind++) {
            validate(rules, "2.5.1", "ZZZ^Z" + kind);
        }
        assertThat(layer.added).hasSize(50);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            assertThat(layer.rules.stream().filter(rule -> rule.get() != null)).hasSizeBetween(1, 20);
        });
    }

    @Test
    @DisplayName("What a type means that HL7 does not know is made out once for each version")
    void shouldNotMakeTheRulesOfInventedTypesAnew() throws UnreadableMessageException {
        List<MessageKind> kinds = new ArrayList<>();
        RuleLayer standard = new StandardLayer(
                new Hl7Definitions(),
                new StandardLevels(Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.ERROR),
                Hl7Tables.shipped(),
                Map.of());
        RuleLayer counted = new RuleLayer() {
            @Override
            public String name() {
                return standard.name();
            }

            @Override
            public Object dependsOn(MessageKind kind) {
                return standard.dependsOn(kind);
            }

            @Override
            public void addTo(RuleTree tree, MessageKind kind) {
                kinds.add(kind);
                standard.addTo(tree, kind);
            }
        };
        RuleSet set = new RuleSet("hl7", List.of(counted));
        for (int number = 0; number < 200; number++) {
            validate(set, "2.8", "ZZ" + number % 10 + "^Z" + number + "^ZZZ_Z" + number);
            validate(set, "9." + number, "ADT^A01^ADT_A01");
        }
        validate(set, "2.8", "ADT^A01^ADT_A01");
        validate(set, "2.8", "ADT^A04^ADT_A01");
        assertThat(kinds).extracting(MessageKind::version).containsExactly("2.8", "9.0", "2.8");
    }
}
