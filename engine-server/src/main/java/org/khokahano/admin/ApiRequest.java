package org.khokahano.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request carries, checked against what its route takes. */
final class ApiRequest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_TEXT = 1_000;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    private final ServiceRequestContext context;
    private final Map<String, JsonNode> values;

    private ApiRequest(ServiceRequestContext context, Map<String, JsonNode> values) {
        this.context = context;
        this.values = values;
    }

    /** Reads a request. What the route does not know is refused: a misspelt filter must not find all. */
    static ApiRequest read(ServiceRequestContext context, AggregatedHttpRequest request, ApiRoute route) {
        Map<String, JsonNode> values =
                route.method() == HttpMethod.GET ? query(context.queryParams()) : body(request.contentUtf8());
        List<String> known = route.parameters().stream().map(ApiParameter::name).toList();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.badRequest("there is no parameter '" + bounded(name) + "'; known are " + known);
            }
        }
        for (ApiParameter parameter : route.parameters()) {
            if (parameter.required() && !values.containsKey(parameter.name())) {
                throw ApiException.badRequest(
                        "the parameter '" + parameter.name() + "' is missing: " + parameter.description());
            }
        }
        return new ApiRequest(context, values);
    }

    private static Map<String, JsonNode> query(QueryParams query) {
        Map<String, JsonNode> values = new HashMap<>();
        query.forEach((name, value) -> values.put(name, MAPPER.getNodeFactory().textNode(value)));
        return values;
    }

    private static Map<String, JsonNode> body(String json) {
        Map<String, JsonNode> values = new HashMap<>();
        if (json.isBlank()) {
            return values;
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (!tree.isObject()) {
                throw ApiException.badRequest("the body must be a JSON object");
            }
            tree.fields().forEachRemaining(field -> values.put(field.getKey(), field.getValue()));
            return values;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest(
                    "the body is no JSON (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ')');
        }
    }

    /** The caller's address. */
    String remote() {
        return context.remoteAddress().getAddress().getHostAddress();
    }

    /** A part of the path. */
    String path(String name) {
        return String.valueOf(context.pathParam(name));
    }

    /** A part of the path that is an id. */
    long id(String name) {
        return parse(name, path(name), 1);
    }

    @Nullable
    String text(String name) {
        JsonNode value = values.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        String text = value.asText();
        if (!value.isValueNode() || text.length() > MAX_TEXT) {
            throw ApiException.badRequest("'" + name + "' must be a text of at most " + MAX_TEXT + " characters");
        }
        return text;
    }

    /** The reason given, on one line. */
    String reason() {
        String reason = text("reason");
        if (reason == null || reason.isBlank()) {
            throw ApiException.badRequest("'reason' is empty: say why");
        }
        return bounded(reason);
    }

    long number(String name, long otherwise) {
        String text = text(name);
        return text == null ? otherwise : parse(name, text, 0);
    }

    int limit() {
        long limit = number("limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.badRequest("'limit' must be 1 to " + MAX_LIMIT);
        }
        return (int) limit;
    }

    /** Wall time in milliseconds of an ISO 8601 instant. */
    long time(String name, long otherwise) {
        String text = text(name);
        try {
            return text == null ? otherwise : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw ApiException.badRequest("'" + name + "' must be a time such as 2026-11-22T08:00:00Z");
        }
    }

    /** One of some constants, written in any case. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        String text = text(name);
        if (text == null) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return Optional.of(constant);
            }
        }
        throw ApiException.badRequest("'" + name + "' must be one of " + List.of(type.getEnumConstants()));
    }

    /** A list of ids; empty where none is given. */
    List<Long> ids(String name) {
        JsonNode value = values.get(name);
        List<Long> ids = new ArrayList<>();
        if (value != null) {
            if (!value.isArray() || value.size() > MAX_LIMIT) {
                throw ApiException.badRequest("'" + name + "' must be a list of at most " + MAX_LIMIT + " ids");
            }
            value.forEach(id -> ids.add(parse(name, id.asText(), 1)));
        }
        return ids;
    }

    private static long parse(String name, String text, long least) {
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as is a number that is too small.
        }
        throw ApiException.badRequest("'" + name + "' must be a whole number of at least " + least);
    }

    private static String bounded(String text) {
        String line = text.replaceAll("\\p{Cc}", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200);
    }
}
