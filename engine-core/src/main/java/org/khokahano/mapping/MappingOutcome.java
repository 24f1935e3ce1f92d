package org.khokahano.mapping;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            List<UnmappedCode> missing =
                    codes.stream().filter(code -> !code.ambiguous()).toList();
            List<UnmappedCode> ambiguous =
                    codes.stream().filter(UnmappedCode::ambiguous).toList();
            String reason = Stream.of(
                            named("no row for the code at ", missing),
                            named("several rows fit, and none is chosen, for the code at ", ambiguous))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("; "));
            return new Unmapped(reason, codes);
        }

        private static String named(String words, List<UnmappedCode> codes) {
            if (codes.isEmpty()) {
                return "";
            }
            String named = codes.stream()
                    .limit(MOST_NAMED)
                    .map(code -> code.place() + " in table " + code.table())
                    .collect(Collectors.joining(", "));
            return words + named + (codes.size() > MOST_NAMED ? " and " + (codes.size() - MOST_NAMED) + " more" : "");
        }
    }

    /**
     * It cannot be mapped.
     *
     * @param reason in words, with the step and its place, without content of the message
     */
    record Failed(String reason) implements MappingOutcome {}
}
