package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what an import carried over and what not; no more than the documents have elements. Of one thread. */
final class ImportReport {
    private final Map<String, Integer> carried = new LinkedHashMap<>();
    private final Set<ImportNote> notes = new LinkedHashSet<>();

    void carried(String what) {
        carried.merge(what, 1, Integer::sum);
    }

    void changed(XmlElement element, String place, String what, String how) {
        note(ImportNote.Kind.CHANGED, element, place, what, how);
    }

    void leftOut(XmlElement element, String place, String what, String why) {
        note(ImportNote.Kind.LEFT_OUT, element, place, what, why);
    }

    private void note(ImportNote.Kind kind, XmlElement element, String place, String what, String why) {
        notes.add(new ImportNote(kind, element.file(), element.line(), element.column(), place, what, why));
    }

    /** Takes what was found before it was known which message it is about. */
    void addAll(ImportReport earlier) {
        notes.addAll(earlier.notes);
    }

    /** How many of what are in the profile. */
    Map<String, Integer> carried() {
        return carried;
    }

    List<ImportNote> notes() {
        return new ArrayList<>(notes);
    }
}
