package org.khokahano.mapping;

import java.util.List;
import java.util.stream.Collectors;
import org.khokahano.message.Message;

/** How a mapping ended. */
public sealed interface MappingOutcome {

    /**
     * It was mapped.
     *
     * @param messages what goes out, in this order; at least one
     */
    record Mapped(List<Message> messages) implements MappingOutcome {
        public Mapped {
            messages = List.copyOf(messages);
        }

        public static Mapped of(Message message) {
            return new Mapped(List.of(message));
        }
    }

    /**
     * Nothing goes out, as the mapping wants it.
     *
     * @param reason in words, with the step, without content of the message
     */
    record Dropped(String reason) implements MappingOutcome {}

    /**
     * It waits for rows in code tables: adding them releases it.
     *
     * @param reason in words, without content of the message
     * @param codes all codes that were missing; at least one
     */
    record Unmapped(String reason, List<UnmappedCode> codes) implements MappingOutcome {
        private static final int MOST_NAMED = 3;

        public Unmapped {
            codes = List.copyOf(codes);
        }

        /** With a reason that names tables and places, and no code. */
        public static Unmapped of(List<UnmappedCode> codes) {
            String named = codes.stream()
                    .limit(MOST_NAMED)
                    .map(code -> code.place() + " in table " + code.table())
                    .collect(Collectors.joining(", "));
            String more = codes.size() > MOST_NAMED ? " and " + (codes.size() - MOST_NAMED) + " more" : "";
            return new Unmapped("no row for the code at " + named + more, codes);
        }
    }

    /**
     * It cannot be mapped.
     *
     * @param reason in words, with the step and its place, without content of the message
     */
    record Failed(String reason) implements MappingOutcome {}
}
