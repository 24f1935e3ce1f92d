package org.khokahano.config;

import java.nio.file.Path;

/**
 * A code table.
 *
 * @param file the CSV file with its rows
 */
public record TableConfig(Path file) {}
