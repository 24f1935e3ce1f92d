package org.khokahano.config.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.profile.ProfileConfig.UsageConfig;
import org.khokahano.config.read.KeyedType;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.OneOrMoreType;
import org.khokahano.config.read.Placed;
import org.khokahano.config.read.PlacedType;
import org.khokahano.config.read.ScalarType;
import org.khokahano.config.read.Type;
import org.khokahano.config.read.Types;
import org.khokahano.conformance.profile.Bounds;
import org.khokahano.conformance.profile.Usage;

/** The types of values that only profiles have. */
final class ProfileTypes {
    static final Type<Placed<String>> TEXT = new PlacedType<>(Types.text());

    static final Type<Placed<String>> PATH = new PlacedType<>(
            Types.written("a path of a message", "write segment, field and component: PID-3.1", "\\S+"));

    static final Type<Placed<String>> SEGMENT_NAME =
            new PlacedType<>(Types.written("a segment", "write its name: PID", "[A-Z][A-Z0-9]{2}"));

    static final Type<Placed<String>> MESSAGE_TYPE = new PlacedType<>(Types.written(
            "a message type",
            "write code, event and structure: ADT, ADT^A01 or ADT^A01^ADT_A01",
            "[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2}(?:_[A-Z0-9]{2,4})?)?)?"));

    static final Type<Placed<String>> VERSION =
            new PlacedType<>(Types.written("a version of HL7", "quote it: \"2.5.1\"", "2\\.[0-9](?:\\.[0-9])?"));

    static final Type<List<Placed<String>>> VERSIONS = new OneOrMoreType<>(VERSION, "versions");

    static final Type<Placed<UsageConfig>> USAGE = new PlacedType<>(ScalarType.of(
            "a usage",
            "write R, RE, O or X, or a conditional one in quotes: \"C(R/X)\"",
            "(R|RE|O|X)|C\\((R|RE|O|X)/(R|RE|O|X)\\)",
            matcher -> {
                boolean conditional = matcher.group(1) == null;
                Usage usage = Usage.valueOf(matcher.group(conditional ? 2 : 1));
                Usage otherwise = Usage.valueOf(matcher.group(conditional ? 3 : 1));
                return Optional.of(new UsageConfig(usage, otherwise, conditional));
            }));

    static final Type<Placed<Bounds>> CARDINALITY = new PlacedType<>(
            bounds("a cardinality", "write the least and the greatest number: \"0..1\" or \"1..*\"", 6));

    static final Type<Placed<Bounds>> LENGTH =
            new PlacedType<>(bounds("a length", "write the least and the greatest length: \"1..20\" or \"1..*\"", 9));

    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[A-Z][A-Z0-9_]{1,80}");

    private ProfileTypes() {}

    private static ScalarType<Bounds> bounds(String noun, String advice, int digits) {
        String number = "([0-9]{1," + digits + "})";
        return ScalarType.of(noun, advice, number + "\\.\\.(?:" + number + "|\\*)", matcher -> {
            int least = Integer.parseInt(matcher.group(1));
            int most = matcher.group(2) == null ? Bounds.UNBOUNDED : Integer.parseInt(matcher.group(2));
            return least <= most ? Optional.of(new Bounds(least, most)) : Optional.empty();
        });
    }

    static <T> Type<Map<String, Placed<T>>> segments(Type<T> element) {
        return new KeyedType<>(
                new NamedType<>("segment", SEGMENT, "a segment has three capital letters or digits: PID", element));
    }

    static <T> Type<Map<String, Placed<T>>> groups(Type<T> element) {
        return new KeyedType<>(
                new NamedType<>("group", GROUP, "write a group as HL7 names it: ORDER_OBSERVATION", element));
    }

    static <T> Type<Map<String, Placed<T>>> numbered(String thing, Type<T> element) {
        return new KeyedType<>(new NamedType<>(thing, NUMBER, "a " + thing + " has a number from 1", element));
    }
}
