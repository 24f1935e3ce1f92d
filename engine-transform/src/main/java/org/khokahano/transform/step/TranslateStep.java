package org.khokahano.transform.step;

import org.khokahano.mapping.UnmappedCode;
import org.khokahano.message.Draft;
import org.khokahano.message.MessagePath;
import org.khokahano.message.Presence;
import org.khokahano.table.CodeLookup;
import org.khokahano.table.CodeLookup.Found;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTable;

/**
 * Looks a code up and writes what the table says: {@code {translate: OBR-4, table: local-to-loinc}}. Of a
 * field it is the triplet of code, text and coding system (CE and CWE, 2.A.8 and 2.A.13); of a component
 * the component alone. Empty codes and HL7's null are left as they are.
 */
public record TranslateStep(
        StepPlace place,
        MessagePath path,
        String table,
        boolean reverse,
        boolean triplet,
        Unmapped unmapped,
        String otherwise)
        implements Step {

    /** What becomes of a code that the table has not. */
    public enum Unmapped {
        HOLD,
        KEEP,
        FAIL,
        DEFAULT
    }

    @Override
    public Flow run(MappingRun run) throws StepException {
        CodeTable known = run.tables().get(table);
        if (known == null) {
            throw new StepException("there is no table " + table);
        }
        int repetitions = path.repetition() == MessagePath.EACH ? run.source().repetitions(path) : 0;
        if (repetitions == 0) {
            translate(run, known, path);
        }
        for (int number = 1; number <= repetitions; number++) {
            translate(run, known, path.inRepetition(number));
        }
        return Flow.ON;
    }

    private void translate(MappingRun run, CodeTable known, MessagePath place) throws StepException {
        Draft source = run.source();
        String code = source.get(place);
        if (code.isEmpty() || source.presence(place) == Presence.DELETED) {
            return;
        }
        boolean whole = triplet && place.component() == 0;
        String system = whole ? source.get(MessagePath.of(place + ".3")) : "";
        long at = run.origin().receivedMillis();
        CodeLookup found = reverse ? known.reverse(code, system, at) : known.find(code, system, at);
        if (found instanceof Found row) {
            write(run, place, whole, row.row());
        } else {
            missing(run, place, code, system, found instanceof CodeLookup.Ambiguous);
        }
    }

    private void write(MappingRun run, MessagePath place, boolean whole, CodeRow row) {
        String code = reverse ? row.code() : row.target();
        run.writes(this, place);
        if (!whole) {
            run.target().set(place.component() == 0 ? MessagePath.of(place + ".1") : place, code);
            return;
        }
        String text = reverse ? row.display() : row.targetDisplay();
        String system = reverse ? row.system() : row.targetSystem();
        run.target().set(MessagePath.of(place + ".1"), code);
        if (!text.isEmpty()) {
            run.target().set(MessagePath.of(place + ".2"), text);
        }
        // A code of one system beside the name of another would be wrong.
        run.target().set(MessagePath.of(place + ".3"), system);
    }

    private void missing(MappingRun run, MessagePath place, String code, String system, boolean ambiguous)
            throws StepException {
        MessagePath where = run.source().placeOf(place);
        switch (unmapped) {
            case HOLD -> run.unmapped(new UnmappedCode(table, code, system, where.toString(), ambiguous));
            case KEEP -> keep(run, place);
            case FAIL ->
                throw new StepException(where + ": table " + table
                        + (ambiguous ? " has several rows for the code" : " has no row for the code"));
            case DEFAULT -> {
                run.writes(this, place);
                run.target().set(place.component() == 0 ? MessagePath.of(place + ".1") : place, otherwise);
            }
        }
    }

    /** What is edited in place stays; what is built gets the code as it came. */
    private void keep(MappingRun run, MessagePath place) {
        if (run.source() != run.target()) {
            run.writes(this, place);
            run.target().copy(run.source(), place, place);
        }
    }
}
