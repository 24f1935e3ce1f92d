package org.khokahano.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.table.CodeLookup.Absent;
import org.khokahano.table.CodeLookup.Ambiguous;
import org.khokahano.table.CodeLookup.Found;

/**
 * A code table: rows found by their code and by their target. All texts lie behind each other in one
 * array, so that a row costs its text and some 50 bytes. Made by {@link CodeTableBuilder}.
 *
 * <p>A lookup with a coding system takes the rows of that system and, where it has none, the rows that
 * name no system. A lookup without one takes rows of any system.
 */
public final class CodeTable {

    /** More rows than this are no code table but a data base. */
    public static final int MAX_ROWS = 1_000_000;

    static final int COLUMNS = 6;
    private static final int CODE = 0;
    private static final int SYSTEM = 1;
    private static final int DISPLAY = 2;
    private static final int TARGET = 3;
    private static final int TARGET_SYSTEM = 4;
    private static final int TARGET_DISPLAY = 5;

    private final String name;
    private final int rows;
    private final byte[] text;
    /** Where the text of each row's columns begins; one more at the end. */
    private final int[] starts;

    private final int[] lines;
    private final int[] fromDays;
    private final int[] untilDays;
    private final Chains byCode;
    private final Chains byTarget;
    private final @Nullable LookupObserver observer;

    CodeTable(String name, int rows, byte[] text, int[] starts, int[] lines, int[] fromDays, int[] untilDays) {
        this.name = name;
        this.rows = rows;
        this.text = text;
        this.starts = starts;
        this.lines = lines;
        this.fromDays = fromDays;
        this.untilDays = untilDays;
        this.byCode = new Chains(CODE);
        this.byTarget = new Chains(TARGET);
        this.observer = null;
    }

    private CodeTable(CodeTable table, LookupObserver observer) {
        this.name = table.name;
        this.rows = table.rows;
        this.text = table.text;
        this.starts = table.starts;
        this.lines = table.lines;
        this.fromDays = table.fromDays;
        this.untilDays = table.untilDays;
        this.byCode = table.byCode;
        this.byTarget = table.byTarget;
        this.observer = observer;
    }

    /** The same rows, telling the observer of each that answers. */
    CodeTable observedBy(LookupObserver told) {
        return new CodeTable(this, told);
    }

    public String name() {
        return name;
    }

    /** How many rows it has. */
    public int size() {
        return rows;
    }

    /**
     * The row of a code.
     *
     * @param system its coding system; empty for any
     * @param atMillis the wall time at which the row must be valid: when the message was received
     */
    public CodeLookup find(String code, String system, long atMillis) {
        return told(lookUp(byCode, SYSTEM, code, system, atMillis));
    }

    /**
     * The row of a target, looked up backwards.
     *
     * @param targetSystem its coding system; empty for any
     * @param atMillis the wall time at which the row must be valid: when the message was received
     */
    public CodeLookup reverse(String target, String targetSystem, long atMillis) {
        return told(lookUp(byTarget, TARGET_SYSTEM, target, targetSystem, atMillis));
    }

    /**
     * Targets for which two rows lead to different codes at the same time, so that looked up backwards they
     * have no answer.
     *
     * @param bySystem whether a lookup has a coding system, so that rows of different ones do not meet
     * @param most how many are told at most
     */
    public List<Ambiguous> ambiguousTargets(boolean bySystem, int most) {
        List<Ambiguous> found = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (int row = 0; row < rows && found.size() < most; row++) {
            int other = length(row, TARGET) == 0 ? -1 : rival(row, bySystem);
            if (other >= 0 && told.add(text(row, TARGET))) {
                found.add(new Ambiguous(List.of(row(row), row(other))));
            }
        }
        return found;
    }

    /** A later row with the same target that says something else; -1 where there is none. */
    private int rival(int row, boolean bySystem) {
        for (int other = byTarget.next[row]; other >= 0; other = byTarget.next[other]) {
            boolean meets = fromDays[row] <= untilDays[other] && fromDays[other] <= untilDays[row];
            if (meets
                    && same(row, other, TARGET)
                    && (!bySystem || same(row, other, TARGET_SYSTEM))
                    && !saysTheSame(row, other, TARGET)) {
                return other;
            }
        }
        return -1;
    }

    /**
     * Whether any row says more than a code: a name or a coding system.
     *
     * @param reverse whether of the code rather than of the target
     */
    public boolean namesMore(boolean reverse) {
        int system = reverse ? SYSTEM : TARGET_SYSTEM;
        int display = reverse ? DISPLAY : TARGET_DISPLAY;
        for (int row = 0; row < rows; row++) {
            if (length(row, system) > 0 || length(row, display) > 0) {
                return true;
            }
        }
        return false;
    }

    private CodeLookup told(CodeLookup answer) {
        LookupObserver observing = observer;
        if (observing != null && answer instanceof Found found) {
            observing.found(name, found.row());
        }
        return answer;
    }

    /** The row of that number, from 0, in the order of the file. */
    public CodeRow row(int number) {
        return new CodeRow(
                lines[number],
                text(number, CODE),
                text(number, SYSTEM),
                text(number, DISPLAY),
                text(number, TARGET),
                text(number, TARGET_SYSTEM),
                text(number, TARGET_DISPLAY),
                new Period(fromDays[number], untilDays[number]));
    }

    private CodeLookup lookUp(Chains chains, int systemColumn, String wanted, String system, long atMillis) {
        byte[] key = wanted.getBytes(StandardCharsets.UTF_8);
        byte[] systemKey = system.getBytes(StandardCharsets.UTF_8);
        CodeLookup exact = lookUp(chains, systemColumn, key, systemKey, atMillis);
        if (systemKey.length == 0 || exact != Absent.ABSENT) {
            return exact;
        }
        return lookUp(chains, systemColumn, key, null, atMillis);
    }

    /** A system of null asks for rows without one, an empty one for all rows. */
    private CodeLookup lookUp(Chains chains, int systemColumn, byte[] key, byte @Nullable [] system, long at) {
        int found = -1;
        List<CodeRow> several = List.of();
        for (int row = chains.first(key); row >= 0; row = chains.next[row]) {
            boolean ofSystem = system == null
                    ? length(row, systemColumn) == 0
                    : system.length == 0 || equal(row, systemColumn, system);
            if (ofSystem && equal(row, chains.column, key) && Period.contains(fromDays[row], untilDays[row], at)) {
                if (found < 0) {
                    found = row;
                } else if (!saysTheSame(found, row, chains.column)) {
                    several = several.isEmpty() ? new ArrayList<>(List.of(row(found))) : several;
                    several.add(row(row));
                }
            }
        }
        if (found < 0) {
            return Absent.ABSENT;
        }
        return several.isEmpty() ? new Found(row(found)) : new Ambiguous(several);
    }

    /** Whether two rows with the same key lead to the same place. */
    private boolean saysTheSame(int one, int other, int keyColumn) {
        int column = keyColumn == CODE ? TARGET : CODE;
        int system = keyColumn == CODE ? TARGET_SYSTEM : SYSTEM;
        return same(one, other, column) && same(one, other, system);
    }

    private boolean same(int one, int other, int column) {
        int a = one * COLUMNS + column;
        int b = other * COLUMNS + column;
        return Arrays.equals(text, starts[a], starts[a + 1], text, starts[b], starts[b + 1]);
    }

    private boolean equal(int row, int column, byte[] wanted) {
        int place = row * COLUMNS + column;
        return Arrays.equals(text, starts[place], starts[place + 1], wanted, 0, wanted.length);
    }

    private int length(int row, int column) {
        int place = row * COLUMNS + column;
        return starts[place + 1] - starts[place];
    }

    private String text(int row, int column) {
        int place = row * COLUMNS + column;
        int length = starts[place + 1] - starts[place];
        return length == 0 ? "" : new String(text, starts[place], length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "code table " + name + " of " + rows + " rows";
    }

    /** A hash table over one column: rows with the same hash follow each other in the order of the file. */
    private final class Chains {
        private final int column;
        private final int[] heads;
        private final int[] next;

        Chains(int column) {
            this.column = column;
            this.heads = new int[Integer.highestOneBit(Math.max(8, rows)) * 2];
            this.next = new int[rows];
            Arrays.fill(heads, -1);
            for (int row = rows - 1; row >= 0; row--) {
                int place = row * COLUMNS + column;
                int slot = slot(text, starts[place], starts[place + 1]);
                next[row] = heads[slot];
                heads[slot] = row;
            }
        }

        int first(byte[] key) {
            return heads[slot(key, 0, key.length)];
        }

        private int slot(byte[] bytes, int from, int to) {
            int hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return (hash ^ hash >>> 16) & heads.length - 1;
        }
    }
}
