package org.khokahano.mapping;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.khokahano.message.Message;

/** How a mapping ended. */
public sealed interface MappingOutcome {

    /** Why messages do not go out that the mapping dropped; empty where it dropped none. */
    default List<String> drops() {
        return List.of();
    }

    /**
     * It was mapped.
     *
     * @param messages what goes out, in this order; at least one
     * @param dropped why others, which a split made, do not go out: for each its reason, with the step and
     *     without content
     */
    record Mapped(List<Message> messages, List<String> dropped) implements MappingOutcome {
        public Mapped {
            messages = List.copyOf(messages);
            dropped = List.copyOf(dropped);
        }

        /** All of it goes out. */
        public Mapped(List<Message> messages) {
            this(messages, List.of());
        }

        @Override
        public List<String> drops() {
            return dropped;
        }

        public static Mapped of(Message message) {
            return new Mapped(List.of(message));
        }
    }

    /**
     * Nothing goes out, as the mapping wants it.
     *
     * @param reasons for each message that was dropped, several where it was split: in words, with the step,
     *     without content of the message; at least one
     */
    record Dropped(List<String> reasons) implements MappingOutcome {
        public Dropped {
            reasons = List.copyOf(reasons);
        }

        /** The whole message. */
        public Dropped(String reason) {
            this(List.of(reason));
        }

        /** Why the first was. */
        public String reason() {
            return reasons.get(0);
        }

        @Override
        public List<String> drops() {
            return reasons;
        }
    }

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
