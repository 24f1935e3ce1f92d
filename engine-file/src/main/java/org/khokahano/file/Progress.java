package org.khokahano.file;

import java.util.ArrayList;
import java.util.List;

/** How far a file has been read. Used by one thread. */
final class Progress {

    private static final int MOST_REASONS = 100;

    private final List<String> reasons;
    private long messages;
    private long refused;

    Progress() {
        this(0, 0, List.of());
    }

    Progress(long messages, long refused, List<String> reasons) {
        this.messages = messages;
        this.refused = refused;
        this.reasons = new ArrayList<>(reasons);
    }

    /** How many messages were handed over for good, taken or refused. */
    long messages() {
        return messages;
    }

    long refused() {
        return refused;
    }

    boolean hasReasons() {
        return !reasons.isEmpty();
    }

    void taken() {
        messages++;
    }

    void refused(String reason) {
        messages++;
        refused++;
        add("message " + messages + ": " + reason);
    }

    /** The record of that number was refused, in a file that is handed over whole. */
    void refused(int record, String reason) {
        messages++;
        refused++;
        add("record " + record + ": " + reason);
    }

    /** Something is wrong with the file itself. */
    void wrong(String reason) {
        add(reason);
    }

    private void add(String reason) {
        if (reasons.size() < MOST_REASONS) {
            reasons.add(reason.replace('\n', ' ').replace('\r', ' '));
        }
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** For people, without a word of the messages. */
    String report() {
        StringBuilder report = new StringBuilder();
        long taken = messages - refused;
        report.append(taken).append(taken == 1 ? " message of this file was" : " messages of this file were");
        report.append(" taken, ")
                .append(refused)
                .append(refused == 1 ? " was" : " were")
                .append(" refused.\n");
        reasons.forEach(reason -> report.append(reason).append('\n'));
        if (refused > reasons.size()) {
            report.append("and more\n");
        }
        report.append("Mend the file and put it back: what was taken before is recognised by its MSH-10.\n");
        return report.toString();
    }
}
