package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.value.RuleLevel;

@Tag("unit")
class ValidationConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void shouldTakeDefaultsThatRejectErrorsAtListenersAndHoldThemAtRoutes() throws IOException {
        ConfigurationResult read = read("validate: {with: national}", "validate: {with: national}", "national: {}");
        EngineConfig config = read.config().orElseThrow();

        assertThat(config.listeners().values())
                .extracting(ListenerConfig::validate)
                .containsExactly(Optional.of(
                        new ValidateConfig("national", OnFinding.REJECT, OnFinding.WARN, OnFinding.IGNORE)));
        assertThat(config.routes().values())
                .extracting(RouteConfig::validate)
                .containsExactly(
                        Optional.of(new ValidateConfig("national", OnFinding.HOLD, OnFinding.WARN, OnFinding.IGNORE)));
        assertThat(config.validation().values())
                .extracting(RuleSetConfig::structure)
                .containsExactly(RuleLevel.ERROR);
    }

    @Test
    void shouldSuggestTheRuleSetThatWasMeant() throws IOException {
        assertThat(problems("validate: {with: natonal}", "", "national: {}"))
                .singleElement()
                .asString()
                .contains("line=2", "natonal", "national");
    }

    @Test
    void shouldNotLetARouteReject() throws IOException {
        assertThat(problems("", "validate: {with: national, onError: reject}", "national: {}"))
                .singleElement()
                .asString()
                .contains("a route cannot reject", "hold");
    }

    @Test
    void shouldTellOfTablesThatAreNone() throws IOException {
        assertThat(problems("", "", "national: {siteTables: {\"10\": wards}}"))
                .anySatisfy(problem -> assertThat(problem).contains("four digits"))
                .anySatisfy(problem -> assertThat(problem).contains("wards"));
    }

    private List<String> problems(String listener, String route, String rules) throws IOException {
        return read(listener, route, rules).problems().stream()
                .map(Object::toString)
                .toList();
    }

    private ConfigurationResult read(String listener, String route, String rules) throws IOException {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: rules
                listeners: {in: {mllp: {port: 0}%s}}
                destinations: {out: {mllp: {host: 127.0.0.1, port: 2576}}}
                routes: {all: {to: [out]%s}}
                validation: {%s}
                """.formatted(
                        listener.isEmpty() ? "" : ", " + listener, route.isEmpty() ? "" : ", " + route, rules));
        return ConfigurationReader.read(directory, name -> Optional.empty());
    }
}
