package org.khokahano.mapping;

import java.util.List;
import org.khokahano.message.Message;

/** How a mapping ended. */
public sealed interface MappingOutcome {

    /**
     * It was mapped.
     *
     * @param messages what goes out, in this order; empty where the mapping dropped the message
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
     * It waits for rows in code tables: adding them releases it.
     *
     * @param reason in words, without content of the message
     * @param codes all codes that were missing; at least one
     */
    record Unmapped(String reason, List<UnmappedCode> codes) implements MappingOutcome {
        public Unmapped {
            codes = List.copyOf(codes);
        }
    }

    /**
     * It cannot be mapped.
     *
     * @param reason in words, with the step and its place, without content of the message
     */
    record Failed(String reason) implements MappingOutcome {}
}
