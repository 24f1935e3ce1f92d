package org.khokahano.admin;

/**
 * Something that a request may carry, in its query or in its JSON body.
 *
 * @param name as it is written
 * @param type as JSON Schema names it
 * @param required whether a request without it is refused
 * @param description what it means
 */
record ApiParameter(String name, String type, boolean required, String description) {

    static ApiParameter text(String name, String description) {
        return new ApiParameter(name, "string", false, description);
    }

    static ApiParameter number(String name, String description) {
        return new ApiParameter(name, "integer", false, description);
    }

    static ApiParameter reason() {
        return new ApiParameter("reason", "string", true, "Why; kept and logged. Never message content.");
    }

    static ApiParameter limit() {
        return number("limit", "The most that the page holds: 1 to 1000, 50 where it is not given.");
    }

    static ApiParameter before() {
        return number("before", "Only ids below this one: 'next' of the page before.");
    }
}
