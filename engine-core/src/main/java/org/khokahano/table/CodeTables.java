package org.khokahano.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All code tables as they were loaded together. Immutable: a reload makes another. */
public final class CodeTables {

    private static final CodeTables NONE = new CodeTables(List.of());

    private final Map<String, CodeTable> tables;

    public CodeTables(List<CodeTable> tables) {
        Map<String, CodeTable> byName = new LinkedHashMap<>();
        for (CodeTable table : tables) {
            if (byName.put(table.name(), table) != null) {
                throw new IllegalArgumentException("two code tables are named " + table.name());
            }
        }
        this.tables = byName;
    }

    /** No tables at all. */
    public static CodeTables none() {
        return NONE;
    }

    /** The same tables, telling the observer of each row that answers. */
    public CodeTables observedBy(LookupObserver told) {
        return new CodeTables(
                tables.values().stream().map(table -> table.observedBy(told)).toList());
    }

    /** The names of the tables, in the order of the configuration. */
    public Set<String> names() {
        return tables.keySet();
    }

    /** The table of that name. */
    public Optional<CodeTable> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The table of that name; null where there is none. For whoever looks codes up in each message. */
    public @Nullable CodeTable get(String name) {
        return tables.get(name);
    }
}
