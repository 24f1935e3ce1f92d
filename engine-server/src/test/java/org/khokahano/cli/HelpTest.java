package org.khokahano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("unit")
class HelpTest {

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "check", "send", "sink", "load", "store", "test", "explain"})
    void shouldShowAnExampleAndTheExitCodesWhenACommandIsAskedForHelp(String command) {
        CommandRun help = CommandRun.of(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("\n  khoka " + command + " ").contains("Exit codes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "info", "backup", "restore"})
    void shouldShowAnExampleWhenAnActionOfTheStoreIsAskedForHelp(String action) {
        CommandRun help = CommandRun.of("store", action, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("\n  khoka store " + action + " ");
    }

    @Test
    void shouldShowTheOverviewAndWhatToTryFirstWhenThereIsNoCommand() {
        CommandRun overview = CommandRun.of();

        assertThat(overview.exitCode()).isZero();
        assertThat(overview.out()).contains("Try first", "khoka demo", "check", "send", "sink", "load", "store");
    }

    @Test
    void shouldSuggestTheCommandThatWasMeantWhenThereIsNoSuchCommand() {
        CommandRun slip = CommandRun.of("chekc");

        assertThat(slip.exitCode()).isEqualTo(2);
        assertThat(slip.err()).contains("chekc", "did you mean", "check").doesNotContain("\tat ");
    }

    @Test
    void shouldEndTheHelpOfEachCommandWithItsLine() {
        assertThat(all(Khoka.commandLine()))
                .hasSizeGreaterThan(30)
                .allSatisfy(command -> assertThat(command.getUsageMessage())
                        .as("%s", command.getCommandSpec().qualifiedName())
                        .endsWith("\n")
                        .doesNotEndWith("\n\n"));
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> found = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(inner -> found.addAll(all(inner)));
        return found;
    }

    @Test
    void shouldSayThatTheDirectoryIsMissing() {
        CommandRun missing = CommandRun.of("codes", "list", "nix");

        assertThat(missing.err())
                .isEqualTo("khoka: there is no directory nix: name the one that engine.yaml lies in\n");
        assertThat(missing.exitCode()).isEqualTo(78);
    }

    @Test
    void shouldShowTheVersionOfTheBuild() {
        CommandRun version = CommandRun.of("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).containsPattern("khoka [0-9]+\\.[0-9]+").contains("Java ");
    }
}
