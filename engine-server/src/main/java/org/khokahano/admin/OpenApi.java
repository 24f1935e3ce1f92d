package org.khokahano.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the API's routes as an OpenAPI 3.1 document; the schemas come from the records answered. */
final class OpenApi {

    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final String JSON = "application/json";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();

    private OpenApi() {}

    static ObjectNode describe(List<ApiRoute> routes, String version) {
        return new OpenApi().document(routes, version);
    }

    private ObjectNode document(List<ApiRoute> routes, String version) {
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Khokahano admin API")
                .put("version", version)
                .put("description", "Every request carries the token of the engine's data directory.");
        root.putArray("security").addObject().putArray("token");
        ObjectNode paths = root.putObject("paths");
        for (ApiRoute route : routes) {
            ObjectNode path = paths.withObjectProperty(route.path());
            addOperation(path.putObject(route.method().name().toLowerCase(Locale.ROOT)), route);
        }
        schemaOf(Json.Problem.class);
        ObjectNode components = root.putObject("components");
        components.set("schemas", schemas);
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        return root;
    }

    private void addOperation(ObjectNode operation, ApiRoute route) {
        operation.put("summary", route.summary());
        ArrayNode parameters = operation.putArray("parameters");
        Matcher matcher = IN_PATH.matcher(route.path());
        while (matcher.find()) {
            parameters
                    .addObject()
                    .put("name", matcher.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", matcher.group(1).equals("id") ? "integer" : "string");
        }
        if (route.method() == HttpMethod.GET) {
            route.parameters().forEach(parameter -> addQuery(parameters.addObject(), parameter));
        } else {
            addBody(operation, route.parameters());
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode content =
                responses.putObject("200").put("description", "Done.").putObject("content");
        if (route.answer() == byte[].class) {
            content.putObject("application/octet-stream");
        } else {
            content.putObject(JSON).set("schema", schemaOf(route.answer()));
        }
        responses
                .putObject("default")
                .put("description", "It cannot be done as asked; the message says why.")
                .putObject("content")
                .putObject(JSON)
                .set("schema", reference(Json.Problem.class));
    }

    private static void addQuery(ObjectNode node, ApiParameter parameter) {
        node.put("name", parameter.name())
                .put("in", "query")
                .put("required", parameter.required())
                .put("description", parameter.description())
                .putObject("schema")
                .put("type", parameter.type());
    }

    private static void addBody(ObjectNode operation, List<ApiParameter> parameters) {
        ObjectNode schema = operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(JSON)
                .putObject("schema");
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (ApiParameter parameter : parameters) {
            ObjectNode property = properties.putObject(parameter.name()).put("type", parameter.type());
            property.put("description", parameter.description());
            if (parameter.type().equals("array")) {
                property.putObject("items").put("type", "integer");
            }
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
    }

    private ObjectNode schemaOf(Type type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type instanceof ParameterizedType list) {
            schema.put("type", "array").set("items", schemaOf(list.getActualTypeArguments()[0]));
        } else if (type == long.class || type == Long.class || type == int.class) {
            schema.put("type", "integer");
        } else if (type == double.class) {
            schema.put("type", "number");
        } else if (type == boolean.class) {
            schema.put("type", "boolean");
        } else if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : enumeration.getEnumConstants()) {
                values.add(constant.toString());
            }
        } else if (type instanceof Class<?> record && record.isRecord()) {
            addRecord(record);
            return reference(record);
        } else if (type == String.class) {
            schema.put("type", "string");
        } else {
            throw new IllegalArgumentException("no schema for " + type);
        }
        return schema;
    }

    private void addRecord(Class<?> record) {
        String name = nameOf(record);
        if (schemas.has(name)) {
            return;
        }
        ObjectNode schema = schemas.putObject(name).put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : record.getRecordComponents()) {
            properties.set(component.getName(), schemaOf(component.getGenericType()));
            required.add(component.getName());
        }
    }

    private static ObjectNode reference(Class<?> record) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + nameOf(record));
    }

    /** The names of the classes around it too, since several have a Page. */
    private static String nameOf(Class<?> record) {
        Class<?> outer = record.getDeclaringClass();
        return outer == null || outer == ApiRoutes.class || outer == Json.class
                ? record.getSimpleName()
                : outer.getSimpleName().replace("View", "") + record.getSimpleName();
    }
}
