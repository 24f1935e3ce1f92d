package org.khokahano.config.read;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.value.Cidr;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.value.Secret;

/** The types that declarations are made of. */
public final class Types {
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS = Map.of(
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);
    private static final Map<String, String> DURATION_SLIPS = Map.ofEntries(
            Map.entry("msec", "ms"),
            Map.entry("sec", "s"),
            Map.entry("secs", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("min", "m"),
            Map.entry("mins", "m"),
            Map.entry("minutes", "m"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("day", "d"),
            Map.entry("days", "d"));
    private static final Map<String, String> SIZE_SLIPS = Map.of(
            "b", "B", "k", "KB", "kb", "KB", "m", "MB", "mb", "MB", "g", "GB", "gb", "GB", "kib", "KiB", "mib", "MiB",
            "gib", "GiB");
    private static final Duration LONGEST_DURATION = Duration.ofDays(3650);
    private static final String HOST = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?";
    private static final String IPV6 = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";

    private Types() {}

    /** Any text that is not blank. */
    public static ScalarType<String> text() {
        return written("a text with something in it", "", ".*\\S.*");
    }

    /** Text of a certain form. */
    public static ScalarType<String> written(String noun, String advice, String pattern) {
        return ScalarType.of(noun, advice, pattern, matcher -> Optional.of(matcher.group()));
    }

    /** A name for something in this configuration. */
    public static ScalarType<String> name() {
        return written("a name", Names.NAME_ADVICE, Names.NAME.pattern());
    }

    /** The name of something under that key at the top. */
    public static Type<String> reference(String key, String thing) {
        return new ReferenceType(key, thing);
    }

    /** A whole number within bounds, both included. */
    public static ScalarType<Integer> integer(int least, int most) {
        return wholeNumber("a whole number", least, most);
    }

    /** A TCP port; 0, where allowed, asks the system for a free one. */
    public static ScalarType<Integer> port(int least) {
        return wholeNumber("a port", least, 65_535);
    }

    private static ScalarType<Integer> wholeNumber(String noun, int least, int most) {
        return ScalarType.of(noun + " from " + least + " to " + most, "", "-?[0-9]{1,10}", matcher -> {
            long number = Long.parseLong(matcher.group());
            return number >= least && number <= most ? Optional.of((int) number) : Optional.empty();
        });
    }

    /** A number that may have a fraction, within bounds, both included. */
    public static ScalarType<Double> decimal(int least, int most) {
        return ScalarType.of(
                "a number from " + least + " to " + most, "", "-?[0-9]{1,9}(?:\\.[0-9]{1,9})?", matcher -> {
                    double number = Double.parseDouble(matcher.group());
                    return number >= least && number <= most ? Optional.of(number) : Optional.empty();
                });
    }

    /** A part of a whole, written with a percent sign: {@code 20%} is 0.2. */
    public static ScalarType<Double> percent() {
        String pattern = "([0-9]{1,3}(?:\\.[0-9]{1,6})?)%";
        return ScalarType.<Double>of(
                        "a percentage from 0% to 100%",
                        "write a number with a percent sign: 20%", pattern, matcher -> {
                            BigDecimal fraction = new BigDecimal(matcher.group(1)).movePointLeft(2);
                            return fraction.compareTo(BigDecimal.ONE) <= 0
                                    ? Optional.of(fraction.doubleValue())
                                    : Optional.empty();
                        })
                .correcting(text -> text.matches("[0-9]{1,2}") ? Optional.of(text + "%") : Optional.empty());
    }

    /** {@code true} or {@code false}. */
    public static ScalarType<Boolean> flag() {
        return ScalarType.of(
                        "true or false",
                        "",
                        "true|false",
                        matcher -> Optional.of(matcher.group().equals("true")))
                .correcting(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "yes", "on", "y", "1", "true" -> Optional.of("true");
                    case "no", "off", "n", "0", "false" -> Optional.of("false");
                    default -> Optional.empty();
                });
    }

    /** A time longer than none, at most ten years: {@code 500ms}, {@code 1s}, {@code 5m}, {@code 24h}, {@code 90d}. */
    public static ScalarType<Duration> duration() {
        return ScalarType.of(
                        "a duration from 1ms to 3650d",
                        "write a number with its unit, such as 500ms, 30s, 5m, 24h or 90d",
                        "([0-9]{1,9})(ms|s|m|h|d)",
                        Types::duration)
                .correcting(text -> corrected(text, "s", DURATION_SLIPS));
    }

    private static Optional<Duration> duration(Matcher matcher) {
        Duration unit = DURATION_UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
        boolean within = !duration.isZero() && duration.compareTo(LONGEST_DURATION) <= 0;
        return within ? Optional.of(duration) : Optional.empty();
    }

    /** A number of bytes, at least one: {@code 512B}, {@code 64KiB} (1024 bytes each), {@code 16MB} (a million each). */
    public static ScalarType<Long> size() {
        return ScalarType.of(
                        "a size of at least 1B",
                        "write a number with its unit, such as 512B, 64KiB, 16MB or 1GiB",
                        "([0-9]{1,9})(B|KB|MB|GB|KiB|MiB|GiB)",
                        matcher -> Optional.of(Long.parseLong(matcher.group(1))
                                        * SIZE_UNITS.getOrDefault(matcher.group(2), 0L))
                                .filter(bytes -> bytes > 0))
                .correcting(text -> corrected(text, "B", SIZE_SLIPS));
    }

    private static Optional<String> corrected(String text, String unitOfNone, Map<String, String> units) {
        Matcher matcher = Pattern.compile("([1-9][0-9]{0,8})\\s*([A-Za-z]*)").matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        String right = unit.isEmpty() ? unitOfNone : units.getOrDefault(unit, unit);
        boolean known = unit.isEmpty() || units.containsKey(unit) || units.containsValue(unit);
        return known ? Optional.of(matcher.group(1) + right) : Optional.empty();
    }

    /** A name or an address to listen on or to connect to; never looked up here. */
    public static ScalarType<String> host() {
        return written("a host", "write a name or an address without a port", HOST + "|" + IPV6);
    }

    /** A host and a port: {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
    public static ScalarType<HostPort> hostPort() {
        String pattern = "(?:(" + HOST + ")|\\[(" + IPV6 + ")\\]):([0-9]{1,5})";
        return ScalarType.<HostPort>of(
                        "a host and a port", "write them with a colon: 127.0.0.1:8080", pattern, matcher -> {
                            int port = Integer.parseInt(matcher.group(3));
                            String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                            return port <= 65_535 ? Optional.of(new HostPort(host, port)) : Optional.empty();
                        })
                .correcting(text -> text.matches(":?[0-9]{1,5}")
                        ? Optional.of("127.0.0.1:" + text.replace(":", ""))
                        : Optional.empty());
    }

    /** A range of addresses. */
    public static ScalarType<Cidr> cidr() {
        return ScalarType.of(
                "a range of addresses",
                "write an address with the length of its prefix, whose other bits are 0: 10.20.0.0/16",
                "\\S+",
                matcher -> Cidr.parse(matcher.group()));
    }

    /** An absolute address with http or https, and without a user in it. */
    public static ScalarType<URI> url() {
        return ScalarType.of(
                        "an address with http or https and no user in it",
                        "write it in full: https://host:port/path",
                        "https?://\\S+",
                        matcher -> {
                            try {
                                URI uri = new URI(matcher.group());
                                boolean whole = uri.getHost() != null && uri.getUserInfo() == null;
                                return whole ? Optional.of(uri) : Optional.empty();
                            } catch (URISyntaxException malformed) {
                                return Optional.empty();
                            }
                        })
                .correcting(Types::withScheme);
    }

    /** Where what stands before the host is nearly what it should be. */
    private static Optional<String> withScheme(String text) {
        Matcher address = Pattern.compile("([A-Za-z]{2,6}):/{0,3}([^/].*)").matcher(text);
        return address.matches()
                ? Suggestion.nearest(address.group(1), List.of("http", "https"))
                        .map(scheme -> scheme + "://" + address.group(2))
                : Optional.empty();
    }

    /** A path, as it is written; relative to wherever the engine is started. */
    public static ScalarType<Path> path() {
        return ScalarType.of("a path", "", "[^\\x00]*[^\\x00\\s][^\\x00]*", matcher -> {
            try {
                return Optional.of(Path.of(matcher.group()));
            } catch (InvalidPathException malformed) {
                return Optional.empty();
            }
        });
    }

    /** A file that is there and can be read; relative to the configuration's directory. */
    public static Type<Path> file() {
        return new FileType();
    }

    /** Something that never appears in a message or a log. */
    public static ScalarType<Secret> secret() {
        return ScalarType.<Secret>of("a secret", "", ".+", matcher -> Optional.of(new Secret(matcher.group())))
                .secret();
    }

    /** A place in a message: a field, with a component and a subcomponent or without: {@code PID-3.1}. */
    public static ScalarType<String> messagePath() {
        String number = "[1-9][0-9]{0,3}";
        return written(
                        "a path of a message",
                        "write segment, field and component: PID-3.1",
                        "[A-Z][A-Z0-9]{2}-" + number + "(?:\\." + number + "){0,2}")
                .correcting(text -> {
                    Matcher near = Pattern.compile("([A-Za-z][A-Za-z0-9]{2})[-. _]([0-9]+)((?:[-.][0-9]+){0,2})")
                            .matcher(text);
                    return near.matches()
                            ? Optional.of(near.group(1).toUpperCase(Locale.ROOT) + "-" + near.group(2)
                                    + near.group(3).replace('-', '.'))
                            : Optional.empty();
                });
    }

    /** One of an enum's constants. */
    public static <E extends Enum<E>> ChoiceType<E> choice(Class<E> constants) {
        return ChoiceType.of(constants);
    }

    /** A list. */
    public static <T> Type<List<T>> list(Type<T> element, String plural) {
        return new ListType<>(element, plural);
    }

    /** A mapping of chosen names to things of one kind. */
    public static <T> Type<Map<String, T>> named(String thing, Type<T> element) {
        return new NamedType<>(thing, Names.NAME, Names.NAME_ADVICE, element);
    }
}
