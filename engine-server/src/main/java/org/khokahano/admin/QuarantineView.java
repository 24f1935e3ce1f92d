package org.khokahano.admin;

import java.util.List;
import org.khokahano.store.archive.QuarantinedInput;

/**
 * Input that did not become a message, without its bytes.
 *
 * @param at when it was received, ISO 8601
 * @param reason a code
 * @param detail where and what is wrong, without content
 * @param size how many bytes there are; 0 where retention has removed them
 */
record QuarantineView(long id, String at, String listener, String remote, String reason, String detail, int size) {

    /**
     * A page of it, newest first.
     *
     * @param next the 'before' of the next page; 0 where there is nothing older
     */
    record Page(List<QuarantineView> inputs, long next) {
        static Page of(List<QuarantinedInput> inputs, int limit) {
            long next =
                    inputs.size() < limit ? 0 : inputs.get(inputs.size() - 1).id();
            return new Page(inputs.stream().map(QuarantineView::of).toList(), next);
        }
    }

    static QuarantineView of(QuarantinedInput input) {
        return new QuarantineView(
                input.id(),
                MessageView.isoOrEmpty(input.atMillis()),
                input.listener(),
                input.remote(),
                input.reason(),
                input.detail(),
                input.size());
    }
}
