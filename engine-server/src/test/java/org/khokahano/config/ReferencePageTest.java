package org.khokahano.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void shouldEqualWhatTheDeclarationSays() throws IOException {
        String page = ReferencePage.write();
        if (Boolean.getBoolean("khoka.docs.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("run this test with -Dkhoka.docs.update=true after a change of the declaration")
                .exists()
                .hasContent(page);
        assertThat(page).contains("| `port` | a port from 0 to 65535 | required |", "## `destinations.NAME.retry`");
    }
}
