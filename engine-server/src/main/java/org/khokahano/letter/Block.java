package org.khokahano.letter;

import java.util.List;

/** A part of a letter, before anybody says how it is written down. */
sealed interface Block {

    /**
     * A heading.
     *
     * @param level 1 for the letter's own
     */
    record Heading(int level, String text) implements Block {}

    /** Some sentences. */
    record Paragraph(String text) implements Block {}

    /** Things that are said of one matter, each under a name. */
    record Items(List<Item> items) implements Block {
        public Items {
            items = List.copyOf(items);
        }

        /** One of them. */
        record Item(String name, String text) {}
    }
}
