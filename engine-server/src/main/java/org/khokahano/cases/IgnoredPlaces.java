package org.khokahano.cases;

import java.util.List;
import org.khokahano.message.MessagePath;

/** Places that are not compared. A segment or repetition that a path does not number is each. */
record IgnoredPlaces(List<MessagePath> paths) {

    IgnoredPlaces {
        paths = List.copyOf(paths);
    }

    boolean coversSegment(String segment, int occurrence) {
        return paths.stream().anyMatch(path -> path.field() == 0 && isIn(path, segment, occurrence));
    }

    boolean coversField(String segment, int occurrence, int field) {
        return paths.stream()
                .anyMatch(path -> path.field() == field
                        && path.component() == 0
                        && path.repetition() <= 0
                        && isIn(path, segment, occurrence));
    }

    boolean coversRepetition(String segment, int occurrence, int field, int repetition) {
        return paths.stream()
                .anyMatch(path -> path.field() == field
                        && path.component() == 0
                        && path.repetition() == repetition
                        && isIn(path, segment, occurrence));
    }

    boolean coversComponent(String segment, int occurrence, int field, int repetition, int component) {
        return paths.stream()
                .anyMatch(path -> path.field() == field
                        && path.component() == component
                        && (path.repetition() <= 0 || path.repetition() == repetition)
                        && isIn(path, segment, occurrence));
    }

    private static boolean isIn(MessagePath path, String segment, int occurrence) {
        return path.segment().equals(segment) && (path.occurrence() <= 0 || path.occurrence() == occurrence);
    }
}
