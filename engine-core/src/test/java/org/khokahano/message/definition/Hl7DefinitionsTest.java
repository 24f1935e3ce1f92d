package org.khokahano.message.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class Hl7DefinitionsTest {

    @Test
    @DisplayName("However many names senders invent, what HL7 has is read once")
    void shouldKeepWhatHl7HasBesideInventedNames() {
        Hl7Definitions definitions = new Hl7Definitions();
        for (int number = 0; number < 6_000; number++) {
            String invented = "Q%02d_%02d".formatted(number / 100, number % 100);
            assertThat(definitions.structure(invented, "2.5.1")).isEmpty();
        }

        StructureNode first = definitions.structure("ORU_R01", "2.5.1").orElseThrow();
        assertThat(definitions.structure("ORU_R01", "2.5.1")).containsSame(first);
    }
}
