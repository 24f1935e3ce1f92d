package org.khokahano.config.read;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.khokahano.config.yaml.ConfigNode;

/**
 * One value in one text.
 *
 * @param pattern what the whole text looks like
 * @param convert makes the value of what matched, or nothing if it is out of bounds
 * @param correction what was probably meant by a text that is wrong, or nothing
 * @param holdsSecret whether the text must never appear in a message
 */
public record ScalarType<T>(
        String noun,
        String advice,
        Pattern pattern,
        Function<Matcher, Optional<T>> convert,
        Function<String, Optional<String>> correction,
        boolean holdsSecret)
        implements Type<T> {

    public static <T> ScalarType<T> of(
            String noun, String advice, String pattern, Function<Matcher, Optional<T>> convert) {
        return new ScalarType<>(
                noun, advice, Pattern.compile(pattern, Pattern.DOTALL), convert, text -> Optional.empty(), false);
    }

    /** The same, suggesting what was meant where that can be told. */
    public ScalarType<T> correcting(Function<String, Optional<String>> better) {
        return new ScalarType<>(noun, advice, pattern, convert, better, holdsSecret);
    }

    ScalarType<T> secret() {
        return new ScalarType<>(noun, advice, pattern, convert, correction, true);
    }

    /** The same text with another value made of it. */
    public <U> ScalarType<U> map(Function<T, U> change) {
        return new ScalarType<>(
                noun, advice, pattern, matcher -> convert.apply(matcher).map(change), correction, holdsSecret);
    }

    /** The same, or the word {@code off} for none. */
    public ScalarType<Optional<T>> orOff() {
        return new ScalarType<>(
                noun + " or 'off'",
                advice,
                Pattern.compile("off|(?:" + pattern.pattern() + ")", Pattern.DOTALL),
                whole -> {
                    if (whole.group().equals("off")) {
                        return Optional.of(Optional.empty());
                    }
                    Matcher inner = pattern.matcher(whole.group());
                    Optional<T> value = inner.matches() ? convert.apply(inner) : Optional.empty();
                    return value.isPresent() ? Optional.of(value) : Optional.empty();
                },
                correction,
                holdsSecret);
    }

    @Override
    public Optional<T> readPresent(ConfigNode node, Reading reading) {
        if (!(node instanceof ConfigNode.Scalar written)) {
            return reading.mismatch(node, this);
        }
        ConfigNode.Scalar scalar = holdsSecret ? written.hidden() : written;
        Optional<T> value = parse(scalar.text());
        if (value.isEmpty()) {
            // What was meant is told only if it would do, within the bounds too.
            String hint = Optional.of(scalar)
                    .filter(ConfigNode.Scalar::showable)
                    .flatMap(shown -> correction.apply(shown.text()))
                    .filter(better -> parse(better).isPresent())
                    .map(better -> "did you mean '" + better + "'?")
                    .orElse(advice);
            return reading.mismatch(scalar, this, hint);
        }
        return value;
    }

    private Optional<T> parse(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? convert.apply(matcher) : Optional.empty();
    }
}
