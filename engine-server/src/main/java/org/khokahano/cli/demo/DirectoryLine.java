package org.khokahano.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An analyser that drops a file for each of its runs, under another name until it is whole. */
final class DirectoryLine implements DemoLine {
    private final Path directory;
    private final long openedMillis = System.currentTimeMillis();
    private int number;

    DirectoryLine(Path directory) {
        this.directory = directory;
    }

    @Override
    public void exchange(byte[] file) throws IOException {
        Path part = Files.write(directory.resolve("run.part"), file);
        Files.move(part, directory.resolve("run-%d-%06d.csv".formatted(openedMillis, ++number)));
    }

    @Override
    public void close() {
        // Nothing is open between two files.
    }
}
