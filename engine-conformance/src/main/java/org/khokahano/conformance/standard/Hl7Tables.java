package org.khokahano.conformance.standard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of HL7 that are shipped, with the codes of all versions from 2.1 to 2.9 together. A table
 * that is not here is not checked.
 */
public final class Hl7Tables {

    /** What HL7 says of codes that are not in a table. */
    public enum Extension {
        /** There are no others. */
        CLOSED,
        /** A site may agree on more. */
        OPEN,
        /** The table is the site's; HL7 only suggests values. */
        SUGGESTED
    }

    /** One table. */
    public record Hl7Table(int number, Extension extension, Set<String> codes) {
        public Hl7Table {
            codes = Set.copyOf(codes);
        }
    }

    private final Map<Integer, Hl7Table> tables;

    private Hl7Tables(Map<Integer, Hl7Table> tables) {
        this.tables = Map.copyOf(tables);
    }

    /** Reads the file that is part of this module. */
    public static Hl7Tables shipped() {
        try (InputStream file = Objects.requireNonNull(Hl7Tables.class.getResourceAsStream("hl7-tables.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            Map<Integer, Hl7Table> tables = new HashMap<>();
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(";", 3);
                        int number = Integer.parseInt(parts[0].trim());
                        Extension extension = Extension.valueOf(parts[1].trim());
                        Set<String> codes = Arrays.stream(parts[2].split(","))
                                .map(String::trim)
                                .collect(Collectors.toSet());
                        tables.put(number, new Hl7Table(number, extension, codes));
                    });
            return new Hl7Tables(tables);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The table of that number; null where it is not shipped. */
    public @Nullable Hl7Table table(int number) {
        return tables.get(number);
    }
}
