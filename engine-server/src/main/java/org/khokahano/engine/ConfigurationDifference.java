package org.khokahano.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.mapping.StepConfig;
import org.khokahano.config.read.Placed;
import org.khokahano.config.value.Secret;

/**
 * What differs between two parts of a configuration, key by key. It walks the records themselves, so
 * that a key which is added to the configuration later is told of, too.
 */
final class ConfigurationDifference {

    private static final int LONGEST_VALUE = 60;

    /** Parts that have no key of their own; what is in them has. */
    private static final Set<String> WITHOUT_KEY = Set.of("transport", "kind", "place");

    /** Each revision has its files in a directory of its own; that it differs says nothing. */
    private static final Pattern IN_REVISION = Pattern.compile(".*/revisions/[^/]+/files/(.*)");

    private final Path directory;
    private final List<String> found = new ArrayList<>();

    private ConfigurationDifference(Path directory) {
        this.directory = directory;
    }

    /**
     * Each difference as a key, with its values where they are short and no secrets.
     *
     * @param directory where the files of the one after are
     */
    static List<String> of(@Nullable Object before, @Nullable Object after, Path directory) {
        ConfigurationDifference difference = new ConfigurationDifference(directory);
        difference.compare("", before, after);
        return difference.found;
    }

    private void compare(String key, @Nullable Object one, @Nullable Object other) {
        Object before = bare(one);
        Object after = bare(other);
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            Set<String> names = new TreeSet<>();
            old.keySet().forEach(name -> names.add(String.valueOf(name)));
            now.keySet().forEach(name -> names.add(String.valueOf(name)));
            names.forEach(name -> compare(below(key, name), value(old, name), value(now, name)));
        } else if (before instanceof List<?> old && after instanceof List<?> now && areRecords(old, now)) {
            for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
                String number = key + "[" + (i + 1) + "]";
                compare(number, i < old.size() ? old.get(i) : null, i < now.size() ? now.get(i) : null);
            }
        } else if (before instanceof Record old
                && after instanceof Record now
                && old.getClass() == now.getClass()
                && !isValue(old)) {
            for (RecordComponent component : old.getClass().getRecordComponents()) {
                compare(below(key, component.getName()), read(component, old), read(component, now));
            }
        } else {
            found.add(key + words(before, after));
        }
    }

    private static @Nullable Object value(Map<?, ?> map, String name) {
        return map.entrySet().stream()
                .filter(entry -> String.valueOf(entry.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean areRecords(List<?> before, List<?> after) {
        List<?> any = before.isEmpty() ? after : before;
        return any.stream().anyMatch(each -> bareOf(each) instanceof Record);
    }

    private static @Nullable Object bareOf(@Nullable Object value) {
        return value instanceof Placed<?> placed ? placed.value() : value;
    }

    private static boolean isValue(Record record) {
        return record instanceof Secret || record.getClass().getPackageName().endsWith(".value");
    }

    private static String below(String key, String name) {
        if (WITHOUT_KEY.contains(name)) {
            return key;
        }
        String spoken = name.endsWith("Bytes") ? name.substring(0, name.length() - "Bytes".length()) : name;
        return key.isEmpty() ? spoken : key + "." + spoken;
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a part of the configuration cannot be compared", e);
        }
    }

    /** Without its place and its wrapping; a file by its path in the configuration. */
    private @Nullable Object bare(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return bare(optional.orElse(null));
        }
        if (value instanceof Placed<?> placed) {
            return bare(placed.value());
        }
        if (value instanceof Path path) {
            Matcher inRevision = IN_REVISION.matcher(path.toString());
            if (inRevision.matches()) {
                return inRevision.group(1);
            }
            Path absolute = path.toAbsolutePath().normalize();
            return absolute.startsWith(directory)
                    ? directory.relativize(absolute).toString()
                    : absolute.toString();
        }
        return value;
    }

    private String words(@Nullable Object before, @Nullable Object after) {
        String kind = kind(before).equals(kind(after)) ? "" : kind(after);
        if (isShown(before) && isShown(after)) {
            return " " + shown(before) + " -> " + shown(after);
        }
        if (before == null) {
            return " is new";
        }
        return after == null ? " is removed" : kind.isEmpty() ? " changes" : " becomes " + kind;
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof StepConfig step) {
            return "a step '" + step.kind() + "'";
        }
        // The classes are named after what is written: MllpDestinationConfig is an mllp destination.
        String name = value instanceof Record ? value.getClass().getSimpleName().replace("Config", "") : "";
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private boolean isShown(@Nullable Object value) {
        return !(value instanceof Record record)
                || record.getClass().getPackageName().endsWith(".value") && !(value instanceof Secret);
    }

    private String shown(@Nullable Object value) {
        String text;
        if (value == null) {
            text = "none";
        } else if (value instanceof Duration duration) {
            text = duration.toString().substring(2).toLowerCase(Locale.ROOT);
        } else if (value instanceof List<?> list) {
            text = list.stream().map(this::bare).map(String::valueOf).toList().toString();
        } else {
            text = value.toString();
        }
        boolean isLong = text.length() > LONGEST_VALUE && !(value instanceof Record) && !(value instanceof Map);
        return isLong
                ? text.substring(0, LONGEST_VALUE) + "... (" + text.length() + " characters, "
                        + Integer.toHexString(text.hashCode()) + ")"
                : text;
    }
}
