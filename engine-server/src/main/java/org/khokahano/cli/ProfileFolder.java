package org.khokahano.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.conformance.load.ImportedProfile;

/** Writes the files of profiles: each whole, and none before all of them are written beside their places. */
final class ProfileFolder {
    /** What a configuration reads of one file. */
    private static final int LARGEST_CHARACTERS = 1024 * 1024;

    private final Path directory;
    private final boolean replace;

    ProfileFolder(Path directory, boolean replace) {
        this.directory = directory;
        this.replace = replace;
    }

    void write(Map<ImportedProfile, Path> files) {
        Map<Path, String> texts = new LinkedHashMap<>();
        files.forEach((profile, file) -> {
            String text = ProfileCommand.text(profile);
            if (text.length() > LARGEST_CHARACTERS) {
                throw new CommandFailure("the profile " + profile.name()
                        + " would be larger than 1 MiB, which a configuration does not read: import without some"
                        + " value sets");
            }
            if (!replace && Files.exists(file)) {
                throw new CommandFailure(file + " is there already: remove it, or write --force to replace it");
            }
            texts.put(file, text);
        });
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            Files.createDirectories(directory);
            for (Map.Entry<Path, String> entry : texts.entrySet()) {
                Path beside = Files.createTempFile(directory, ".import", ".tmp");
                written.put(beside, entry.getKey());
                Files.writeString(beside, entry.getValue());
            }
            for (Map.Entry<Path, Path> entry : written.entrySet()) {
                Files.move(entry.getKey(), entry.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failed) {
            written.keySet().forEach(ProfileFolder::remove);
            throw new CommandFailure("nothing can be written to " + directory + ": " + failed.getMessage());
        }
    }

    private static void remove(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException left) {
            // A file that begins with a dot and is read by nobody stays; the failure itself is told.
        }
    }
}
