package org.khokahano.config.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;

/**
 * Fills in <code>${env:NAME}</code>, <code>${env:NAME:default}</code> and <code>${file:path}</code>; <code>$${</code>
 * stands for a plain <code>${</code>.
 *
 * <p>A variable that is set to nothing counts as not set, since that is what a compose file makes of a
 * missing one. A file is relative to the configuration's directory; one newline at its end is dropped.
 * What comes out is never looked at for further references.
 */
final class Interpolation {
    private static final String OPENING = "${";
    private static final int LARGEST_FILE_BYTES = 64 * 1024;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ONLY_REFERENCE = Pattern.compile("\\$\\{(?:env:[A-Za-z0-9_]+|file:[^}]+)}");
    private static final String RELATIVE = "a path is relative to the configuration's directory";
    private static final String FORMS = "write ${env:NAME}, ${env:NAME:default} or ${file:path}; $${ is a plain ${";

    private final ConfigurationPlace place;
    private final Environment environment;
    private final Problems problems;

    Interpolation(ConfigurationPlace place, Environment environment, Problems problems) {
        this.place = place;
        this.environment = environment;
        this.problems = problems;
    }

    /** The text filled in, or what could not be, with its problems noted. */
    ConfigNode fill(String written, Location start, Location end) {
        StringBuilder text = new StringBuilder();
        boolean onlyReference = ONLY_REFERENCE.matcher(written).matches();
        ConfigNode broken = new ConfigNode.Broken(start, onlyReference ? start : end);
        int errorsBefore = problems.errors();
        boolean showable = true;
        int from = 0;
        for (int at = written.indexOf(OPENING); at >= 0; at = written.indexOf(OPENING, from)) {
            if (at > from && written.charAt(at - 1) == '$') {
                text.append(written, from, at - 1).append(OPENING);
                from = at + OPENING.length();
                continue;
            }
            text.append(written, from, at);
            int close = written.indexOf('}', at);
            if (close < 0) {
                problems.error(placeOf(OPENING, start), "'${' has no closing '}'", FORMS);
                return broken;
            }
            String reference = written.substring(at + OPENING.length(), close);
            Location place = placeOf(written.substring(at, close + 1), start);
            showable &= !reference.startsWith("file:");
            resolve(reference, place).ifPresent(text::append);
            from = close + 1;
        }
        if (problems.errors() > errorsBefore) {
            return broken;
        }
        text.append(written, from, written.length());
        return new ConfigNode.Scalar(start, end, text.toString(), false, showable, onlyReference);
    }

    private Optional<String> resolve(String reference, Location place) {
        if (reference.startsWith("env:")) {
            return variable(reference.substring("env:".length()), place);
        }
        if (reference.startsWith("file:")) {
            return content(reference.substring("file:".length()), place);
        }
        problems.error(place, "this reference is neither to the environment nor to a file", FORMS);
        return Optional.empty();
    }

    private Optional<String> variable(String reference, Location place) {
        int colon = reference.indexOf(':');
        String name = colon < 0 ? reference : reference.substring(0, colon);
        if (!VARIABLE.matcher(name).matches()) {
            problems.error(place, "this reference does not name an environment variable", FORMS);
            return Optional.empty();
        }
        Optional<String> value = environment.variable(name).filter(set -> !set.isEmpty());
        if (value.isPresent() || colon >= 0) {
            return Optional.of(value.orElseGet(() -> reference.substring(colon + 1)));
        }
        problems.error(
                place,
                "the environment variable " + name + " is not set",
                "set it, or give a default: ${env:" + name + ":...}");
        return Optional.empty();
    }

    private Optional<String> content(String reference, Location place) {
        try {
            Path file = this.place.resolve(reference);
            if (!Files.isRegularFile(file)) {
                problems.error(place, "there is no file " + reference, RELATIVE);
                return Optional.empty();
            }
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                problems.error(place, "the file " + reference + " is larger than 64 KiB", "");
                return Optional.empty();
            }
            String text = Files.readString(file);
            return Optional.of(text.replaceFirst("\\r?\\n\\z", ""));
        } catch (CharacterCodingException notText) {
            problems.error(place, "the file " + reference + " is not text in UTF-8", "");
        } catch (IOException | InvalidPathException unreadable) {
            problems.error(
                    place, "the file " + reference + " cannot be read", "check its permissions for the engine's user");
        }
        return Optional.empty();
    }

    private static Location placeOf(String reference, Location start) {
        int at = start.source().rawLine(start.line()).indexOf(reference, start.column() - 1);
        return at < 0 ? start : start.source().at(start.line(), at + 1);
    }
}
