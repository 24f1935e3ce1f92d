package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ProfileTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ls-adt; ls-adt",
                "ADT^A01; ADT^A01",
                "0001; \"0001\"",
                "1..*; \"1..*\"",
                "N; \"N\"",
                "yes; \"yes\"",
                "null; \"null\"",
                "a: b; \"a: b\"",
                "#x; \"#x\"",
                "say \"no\" \\d; \"say \\\"no\\\" \\\\d\"",
                "${env:HOME}; \"$${env:HOME}\""
            })
    void shouldQuoteWhatYamlWouldReadOtherwise(String value, String written) {
        assertThat(ProfileText.of(Map.of("key", value))).isEqualTo("key: " + written + "\n");
    }

    @Test
    void shouldWriteWhatHoldsNoMappingOnOneLine() {
        Map<Object, Object> field = new LinkedHashMap<>();
        field.put("usage", "R");
        field.put("constant", List.of("A", "1"));
        Map<Object, Object> rule = new LinkedHashMap<>();
        rule.put("id", "L-1");
        rule.put("fields", Map.of(3, field));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("fields", Map.of(3, field));
        document.put("rules", List.of(field, rule));

        assertThat(ProfileText.of(document)).isEqualTo("""
                        fields:
                          3: {usage: R, constant: [A, "1"]}
                        rules:
                          - {usage: R, constant: [A, "1"]}
                          - id: L-1
                            fields:
                              3: {usage: R, constant: [A, "1"]}
                        """);
    }
}
