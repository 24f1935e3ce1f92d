package org.khokahano.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.archive.MessageQuery;

/**
 * A query in the journal's own values: a condition on the message table {@code m}, and its arguments.
 *
 * @param condition SQL, with one question mark for each argument; "1" where nothing is asked
 * @param arguments in order
 * @param destination the destination's number, or null where none is asked for
 */
record SearchTerms(
        String condition, List<Object> arguments, @Nullable Integer destination) {

    /** The query's terms; null where it names something that the store has never seen. */
    static @Nullable SearchTerms of(MessageQuery query, NamesInStore names) {
        Builder builder = new Builder(names);
        builder.text("control_id", query.controlId());
        builder.text("patient_id", query.patientId());
        builder.type(query.type());
        builder.named("facility", query.facility());
        builder.named("listener", query.listener());
        builder.delivery(query.destination(), query.state());
        builder.time(query.fromMillis(), query.untilMillis());
        return builder.build();
    }

    /** Whether a type means all events of its message code. */
    static boolean isCodeAlone(String type) {
        return type.indexOf('^') < 0;
    }

    private static final class Builder {
        private final NamesInStore names;
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> arguments = new ArrayList<>();
        private @Nullable Integer destination;
        private boolean unknownName;

        Builder(NamesInStore names) {
            this.names = names;
        }

        void text(String column, @Nullable String value) {
            if (value != null) {
                conditions.add("m." + column + " = ?");
                arguments.add(value);
            }
        }

        void type(@Nullable String type) {
            if (type == null || !isCodeAlone(type)) {
                text("type", type);
                return;
            }
            // '_' follows '^', so that this is the range of everything that begins with "code^".
            conditions.add("(m.type = ? OR (m.type >= ? AND m.type < ?))");
            arguments.addAll(List.of(type, type + '^', type + '_'));
        }

        void named(String column, @Nullable String name) {
            Integer number = number(name);
            if (number != null) {
                conditions.add("m." + column + " = ?");
                arguments.add(number);
            }
        }

        void delivery(@Nullable String name, @Nullable DeliveryState state) {
            destination = number(name);
            if (destination == null && state == null) {
                return;
            }
            StringBuilder exists = new StringBuilder("EXISTS (SELECT 1 FROM delivery d WHERE"
                    + " d.id >= m.first_delivery AND d.id < m.first_delivery + m.deliveries");
            if (destination != null) {
                // The plus sign keeps the planner from the index of all that is queued there.
                exists.append(" AND +d.destination = ?");
                arguments.add(destination);
            }
            if (state != null) {
                exists.append(" AND +d.state = ?");
                arguments.add(state.code());
            }
            conditions.add(exists.append(')').toString());
        }

        void time(long from, long until) {
            if (from > 0) {
                conditions.add("m.at >= ?");
                arguments.add(from);
            }
            if (until < Long.MAX_VALUE) {
                conditions.add("m.at < ?");
                arguments.add(until);
            }
        }

        private @Nullable Integer number(@Nullable String name) {
            if (name == null) {
                return null;
            }
            Integer number = names.number(name);
            unknownName |= number == null;
            return number;
        }

        @Nullable
        SearchTerms build() {
            String condition = conditions.isEmpty() ? "1" : String.join(" AND ", conditions);
            return unknownName ? null : new SearchTerms(condition, List.copyOf(arguments), destination);
        }
    }
}
