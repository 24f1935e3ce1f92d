package org.khokahano.config.yaml;

import java.util.List;
import java.util.Map;
import org.khokahano.config.problem.Location;

/** A part of a configuration as it is written, before anything has a meaning. */
public sealed interface ConfigNode {

    /** Where it begins. */
    Location location();

    /** What it is, for a message. */
    String kind();

    /** Keeps whatever is written here out of every message. */
    void hide();

    /**
     * Text, with what it refers to filled in.
     *
     * @param end the place behind its last character
     * @param text what it says
     * @param isNull nothing is written here, or {@code null} or {@code ~}
     * @param showable false if a file's content is in it, which may be a secret
     * @param onlyReference the whole of it is written as one {@code ${env:NAME}} or {@code ${file:path}},
     *     so that its line gives nothing away
     */
    record Scalar(Location location, Location end, String text, boolean isNull, boolean showable, boolean onlyReference)
            implements ConfigNode {
        private static final int LONGEST_SHOWN = 60;

        @Override
        public String kind() {
            return isNull ? "nothing" : "text";
        }

        /** The text in quotes, or a word in its stead if it must not appear. */
        public String shown() {
            if (!showable) {
                return "this value";
            }
            boolean long_ = text.length() > LONGEST_SHOWN;
            String visible = text.replaceAll("\\p{Cc}", " ");
            return "'" + (long_ ? visible.substring(0, LONGEST_SHOWN) + "..." : visible) + "'";
        }

        @Override
        public void hide() {
            if (!onlyReference) {
                location.source().hide(location, end);
            }
        }

        /** The same without its text showing in any message. */
        public Scalar hidden() {
            hide();
            return new Scalar(location, end, text, isNull, false, onlyReference);
        }

        @Override
        public String toString() {
            return "text at " + location;
        }
    }

    /** A list. */
    record Sequence(Location location, List<ConfigNode> items) implements ConfigNode {
        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public void hide() {
            items.forEach(ConfigNode::hide);
        }
    }

    /** Keys with values, in the order in which they are written. */
    record Mapping(Location location, Map<String, Entry> entries) implements ConfigNode {
        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public void hide() {
            entries.values().forEach(entry -> entry.value().hide());
        }
    }

    /**
     * A value that a problem is already known of; it is not reported a second time.
     *
     * @param end the place behind what must be hidden of it; its begin if nothing must
     */
    record Broken(Location location, Location end) implements ConfigNode {
        @Override
        public String kind() {
            return "something unreadable";
        }

        @Override
        public void hide() {
            location.source().hide(location, end);
        }
    }

    /** A key's place and its value. */
    record Entry(Location keyLocation, ConfigNode value) {}
}
