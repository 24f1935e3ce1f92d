package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.read.Placed;
import org.khokahano.config.value.Secret;
import org.khokahano.config.yaml.Environment;
import org.khokahano.table.CodeTables;

/** Changes each value of the configuration that has every key, and asks what the plan says of it. */
@Tag("unit")
class ConfigurationChangesTest {

    private static final Path FULL = Path.of("src/test/resources/config/full").toAbsolutePath();

    private static final Environment TEST_ENVIRONMENT =
            name -> name.equals("WEB_TOKEN") ? Optional.of("an invented token") : Optional.empty();

    @TempDir
    private Path directory;

    private static EngineConfig read(Path place) {
        return ConfigurationReader.read(place, TEST_ENVIRONMENT).config().orElseThrow();
    }

    private static List<String> changes(EngineConfig before, EngineConfig after) {
        return new ConfigurationChanges(before, after, FULL, name -> 0).list(Map.of(), Map.of());
    }

    @Test
    @DisplayName("Each value that changes is named by the plan, with its key")
    void shouldNameEachValueThatChanges() throws Exception {
        EngineConfig config = read(FULL);
        assertThat(changes(config, read(FULL))).isEmpty();
        int[] changed = new int[1];
        variants(config, "", (key, variant) -> {
            changed[0]++;
            if (key.equals(".formats.sms.template")) {
                // Another file with the same text is no difference; what is in it is compared.
                return;
            }
            List<String> told = changes(config, (EngineConfig) variant);
            String last = key.substring(key.lastIndexOf('.') + 1);
            assertThat(told).as(key).isNotEmpty();
            assertThat(String.join(" ", told)).as(key).contains(last).doesNotContain("an invented");
        });
        assertThat(changed[0]).isGreaterThan(150);
    }

    /** Copies of a record, each with one value in it changed. */
    private static void variants(Record record, String key, BiConsumer<String, Object> told) throws Exception {
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            components[i].getAccessor().setAccessible(true);
            Object value = components[i].getAccessor().invoke(record);
            int place = i;
            String name = components[i].getName();
            boolean hasKey = !List.of("transport", "kind", "place", "value").contains(name);
            String spoken = name.endsWith("Bytes") ? name.substring(0, name.length() - 5) : name;
            change(
                    value,
                    hasKey ? key + "." + spoken : key,
                    (at, changed) -> told.accept(at, with(record, place, changed)));
        }
    }

    private static Object with(Record record, int place, Object changed) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = i == place ? changed : components[i].getAccessor().invoke(record);
            }
            var constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void change(@Nullable Object value, String key, BiConsumer<String, Object> told) throws Exception {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                told.accept(key, Optional.empty());
                change(optional.get(), key, (at, changed) -> told.accept(at, Optional.of(changed)));
            }
        } else if (value instanceof Placed<?> placed) {
            change(placed.value(), key, (at, changed) -> told.accept(at, new Placed<>(changed, placed.place())));
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                change(entry.getValue(), key + "." + entry.getKey(), (at, changed) -> {
                    Map<Object, Object> copy = new LinkedHashMap<>(map);
                    copy.put(entry.getKey(), changed);
                    told.accept(at, copy);
                });
                Map<Object, Object> without = new LinkedHashMap<>(map);
                without.remove(entry.getKey());
                told.accept(key + "." + entry.getKey(), without);
            }
        } else if (value instanceof List<?> list) {
            if (!list.isEmpty()) {
                told.accept(key, new ArrayList<>(list.subList(1, list.size())));
            }
        } else if (value instanceof Record record && leaf(record) == null) {
            boolean isValue = record.getClass().getPackageName().endsWith(".value");
            variants(record, key, (at, changed) -> told.accept(isValue ? key : at, changed));
        } else if (value != null && !(value instanceof CodeTables)) {
            told.accept(key, other(value));
        }
    }

    private static @Nullable Object leaf(Record record) {
        return record instanceof Secret ? record : null;
    }

    private static Object other(Object value) {
        Map<Class<?>, Function<Object, Object>> others = Map.of(
                Integer.class, v -> (Integer) v + 1,
                Long.class, v -> (Long) v + 1,
                Double.class, v -> (Double) v + 1,
                Boolean.class, v -> !(Boolean) v,
                Character.class, v -> (char) ((Character) v + 1),
                String.class, v -> v + "x",
                Duration.class, v -> ((Duration) v).plusSeconds(1),
                URI.class, v -> URI.create(v + "x"),
                Secret.class, v -> new Secret("an invented other"));
        if (value instanceof Enum<?> constant) {
            Object[] all = constant.getDeclaringClass().getEnumConstants();
            return all[(constant.ordinal() + 1) % all.length];
        }
        if (value instanceof Path path) {
            return path.resolveSibling("other");
        }
        Function<Object, Object> other = others.get(value.getClass());
        if (other == null) {
            throw new IllegalStateException("this test knows no other " + value.getClass());
        }
        return other.apply(value);
    }

    @Test
    @DisplayName("A step that becomes another one is named as it is written")
    void shouldNameStepsAsTheyAreWritten() throws Exception {
        copy();
        Path mapping = directory.resolve("mappings/orders.yaml");
        Files.writeString(mapping, "mapping: orders\nsteps:\n  - {when: 'true', do: [{remove: MSH-5}]}\n");

        assertThat(changes(read(FULL), read(directory)))
                .anySatisfy(told -> assertThat(told).contains("steps[1] becomes a step 'when'"))
                .noneSatisfy(told -> assertThat(told).contains("When"));
    }

    @Test
    @DisplayName("Rows of a table are counted and named by their codes; a template is named by its file")
    void shouldTellRowsAndFiles() throws Exception {
        copy();
        Path table = directory.resolve("tables/wards.csv");
        List<String> rows = new ArrayList<>(Files.readAllLines(table, StandardCharsets.UTF_8));
        String last = rows.remove(rows.size() - 1);
        rows.add("Q-NEW" + last.substring(last.indexOf(',')));
        Files.write(table, rows);
        List<String> told = new ConfigurationChanges(read(FULL), read(directory), directory, name -> 3)
                .list(Map.of("templates/sms.txt", "1"), Map.of("templates/sms.txt", "2"));
        assertThat(told)
                .anySatisfy(each -> assertThat(each)
                        .contains("table wards")
                        .contains("1 code added (Q-NEW")
                        .contains("1 code removed"))
                .contains("file templates/sms.txt changes")
                .anySatisfy(each -> assertThat(each)
                        .contains("destination nrl-lis: 3 deliveries are queued")
                        .contains("as they were mapped before"));
    }

    @Test
    @DisplayName("What changes in a profile is named by its file and place")
    void shouldTellWhatChangesInAProfile() throws Exception {
        copy();
        Path profile = directory.resolve("profiles/adt.yaml");
        Files.writeString(profile, Files.readString(profile).replace("{usage: R}", "{usage: R, length: 1..5}"));

        List<String> told =
                new ConfigurationChanges(read(FULL), read(directory), directory, name -> 0).list(Map.of(), Map.of());

        assertThat(told)
                .contains("profile profiles/adt.yaml changes from the next message on:"
                        + " segments.PID.fields.3.value.length is new");
    }

    private void copy() throws Exception {
        try (var files = Files.walk(FULL)) {
            for (Path file : files.toList()) {
                Path target = directory.resolve(FULL.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
