package org.khokahano.config;

import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;

/** What can be said of routes, and of what they use. */
final class RouteDeclaration {
    static final Section<RoutingConfig> ROUTING = Section.of("routing", section -> {
        var match = section.field(
                "match",
                Types.choice(RoutingConfig.Match.class),
                "all",
                "Whether every route that matches takes a message, or the first one in the order of the files.");
        return values -> new RoutingConfig(match.in(values));
    });

    static final Section<FilterConfig> FILTER = Section.of("a filter", section -> {
        var when = section.required("when", Types.text(), "A condition on the message, in CEL: true keeps it off.");
        var reason = section.required(
                "reason", Types.text(), "Why, for whoever asks where a message went. See [routing.md](routing.md).");
        return values -> new FilterConfig(when.in(values), reason.in(values));
    });

    static final Section<TableConfig> TABLE = Section.of("a code table", section -> {
        var file = section.required("file", Types.file(), "A CSV file with a header line. See [tables.md](tables.md).");
        return values -> new TableConfig(file.in(values));
    });

    static final Section<RouteConfig> ROUTE = Section.of("a route", section -> {
        var from = section.field(
                "from",
                Types.list(Types.reference("listeners", "listener"), "listeners"),
                "[]",
                "The listeners whose messages it takes; all if there are none here.");
        var otherwise = section.field(
                "otherwise", Types.flag(), "false", "Whether it takes only what no other route of the listener took.");
        var when = section.optional(
                "when", Types.text(), "A condition on the message, in CEL; all messages if it is missing.");
        var except = section.field(
                "except",
                Types.list(Types.reference("filters", "filter"), "filters"),
                "[]",
                "Filters, any of which keeps a message off this route.");
        var map = section.field(
                "map",
                Types.list(Types.text(), "mapping files"),
                "[]",
                "Mapping files, in order: what comes of one goes into the next. See [mapping.md](mapping.md).");
        var validate = section.optional(
                "validate",
                ValidationDeclaration.AT_ROUTE,
                "What messages that it takes are checked against, as they were received. See"
                        + " [validation.md](validation.md).");
        var to = section.required(
                "to",
                Types.list(Types.reference("destinations", "destination"), "destinations"),
                "The destinations that the messages go to.");
        section.rule(values -> {
            if (to.in(values).isEmpty()) {
                values.error(to, "the route leads nowhere", "name a destination, or remove the route");
            }
        });
        return values -> new RouteConfig(
                from.in(values),
                otherwise.in(values),
                when.in(values),
                except.in(values),
                map.in(values),
                validate.in(values),
                to.in(values));
    });

    private RouteDeclaration() {}
}
