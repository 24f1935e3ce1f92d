package org.khokahano.admin;

import java.util.List;
import java.util.function.Supplier;
import org.khokahano.revision.Revision;

/** What the API offers about the configuration. */
final class ConfigurationRoutes {

    private static final String DIRECTORY =
            "The configuration's directory, as an absolute path on the engine's machine. Files are read by the engine.";

    private final Supplier<ShownEngine> engine;

    ConfigurationRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    /** Revisions, the latest first; changing are the destinations whose lanes are being exchanged. */
    record Revisions(int current, List<String> changing, List<Revision> revisions) {}

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.get(
                        "/api/revisions",
                        "The configurations that the engine has run with, and which is in force.",
                        List.of(),
                        Revisions.class,
                        request -> new Revisions(desk().current(), desk().changing(), desk().revisions())),
                ApiRoute.get(
                        "/api/configuration/plan",
                        "What applying a directory would change, or why it would be refused. Changes nothing.",
                        List.of(new ApiParameter("directory", "string", true, DIRECTORY)),
                        ConfigurationDesk.Outcome.class,
                        request -> desk().plan(text(request))),
                ApiRoute.post(
                        "/api/configuration/apply",
                        "Changes the running engine to a directory or back to a revision, whole or not at all.",
                        List.of(
                                ApiParameter.text("directory", DIRECTORY),
                                ApiParameter.number("revision", "An earlier revision, instead of a directory.")),
                        ConfigurationDesk.Outcome.class,
                        this::apply));
    }

    private ConfigurationDesk.Outcome apply(ApiRequest request) {
        String by = "token from " + request.remote();
        long revision = request.number("revision", 0);
        if ((revision == 0) == (request.text("directory") == null)) {
            throw ApiException.badRequest("give either 'directory' or 'revision'");
        }
        return revision == 0
                ? desk().apply(text(request), by)
                : desk().applyRevision((int) Math.min(revision, Integer.MAX_VALUE), by);
    }

    private static String text(ApiRequest request) {
        String text = request.text("directory");
        if (text == null || text.isBlank()) {
            throw ApiException.badRequest("'directory' is empty");
        }
        return text;
    }

    private ConfigurationDesk desk() {
        ConfigurationDesk desk = engine.get().configuration();
        if (desk == null) {
            throw ApiException.conflict("this engine keeps no revisions of its configuration");
        }
        return desk;
    }
}
