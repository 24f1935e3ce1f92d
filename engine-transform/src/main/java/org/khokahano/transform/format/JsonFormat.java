package org.khokahano.transform.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.khokahano.format.FormatOutcome;
import org.khokahano.format.InputFormat;
import org.khokahano.format.InputRecord;
import org.khokahano.format.OutputFormat;
import org.khokahano.message.Message;

/** JSON, with fields named by JSON pointers. */
public final class JsonFormat implements InputFormat, OutputFormat {

    private static final Set<String> MEDIA_TYPES = Set.of("application/json", "text/json", "text/plain");
    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_NESTED = 100;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTED)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // 5.10 of a laboratory is more exact than 5.1.
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final MessageLayout layout;
    private final JsonPointer records;
    private final MessageMaker maker;
    private final Map<String, JsonPointer> pointers = new LinkedHashMap<>();

    /** @param records where the records are in an input, as a pointer; empty for its root */
    public JsonFormat(MessageLayout layout, String records) {
        this.layout = layout;
        this.records = JsonPointer.compile(records);
        this.maker = new MessageMaker(layout);
        layout.fields().forEach(field -> pointers.put(field.name(), JsonPointer.compile(field.name())));
        RowLayout rows = layout.rows();
        if (rows != null) {
            pointers.put(rows.at(), JsonPointer.compile(rows.at()));
            rows.fields().forEach(field -> pointers.put(field.name(), JsonPointer.compile(field.name())));
        }
    }

    @Override
    public Set<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public List<InputRecord> read(byte[] input) {
        try {
            JsonNode root = JSON.readTree(input);
            JsonNode at = root == null ? JSON.missingNode() : root.at(records);
            if (at.isMissingNode()) {
                throw new RecordException(
                        records.toString().isEmpty() ? "the input is empty" : "there is nothing at " + records);
            }
            if (!at.isArray()) {
                return List.of(record(at, input, ""));
            }
            if (at.size() > MOST_RECORDS) {
                throw new RecordException("more than " + MOST_RECORDS + " records in one input; send it in parts");
            }
            List<InputRecord> made = new ArrayList<>(at.size());
            for (int index = 0; index < at.size(); index++) {
                made.add(record(at.get(index), JSON.writeValueAsBytes(at.get(index)), records + "/" + index));
            }
            return made;
        } catch (JsonProcessingException e) {
            // Its own text may quote the input.
            JsonLocation place = e.getLocation();
            String where = place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
            return List.of(new InputRecord.Unreadable(input, where + "this is not JSON, or names something twice"));
        } catch (RecordException e) {
            return List.of(new InputRecord.Unreadable(input, e.problem()));
        } catch (IOException e) {
            return List.of(new InputRecord.Unreadable(input, "the input is not text in UTF-8, UTF-16 or UTF-32"));
        }
    }

    private InputRecord record(JsonNode record, byte[] raw, String where) {
        try {
            if (!record.isObject()) {
                throw new RecordException(named(where) + ": not an object");
            }
            Map<String, String> fields = values(record, layout.fields(), where);
            List<Function<String, String>> rows = new ArrayList<>();
            RowLayout repeating = layout.rows();
            if (repeating != null) {
                JsonNode list = record.at(pointer(repeating.at()));
                String listed = where + repeating.at();
                if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
                    throw new RecordException(listed + ": not a list");
                }
                for (int index = 0; index < list.size(); index++) {
                    Map<String, String> row = values(list.get(index), repeating.fields(), listed + "/" + index);
                    rows.add(name -> row.getOrDefault(name, ""));
                }
            }
            return new InputRecord.Readable(
                    maker.make(name -> fields.getOrDefault(name, ""), rows, raw, new Pointers(where, layout)));
        } catch (RecordException e) {
            return new InputRecord.Unreadable(raw, e.problem());
        }
    }

    private Map<String, String> values(JsonNode from, List<FieldPlace> fields, String where) throws RecordException {
        Map<String, String> values = new LinkedHashMap<>();
        for (FieldPlace field : fields) {
            JsonNode node = from.at(pointer(field.name()));
            if (node.isContainerNode()) {
                throw new RecordException(
                        where + field.name() + ": a list or an object where a single value is expected");
            }
            String value = node.isMissingNode() || node.isNull() ? "" : node.asText();
            if (value.isEmpty() && layout.required().contains(field.name())) {
                throw new RecordException(where + field.name() + ": a value is missing");
            }
            values.put(field.name(), value);
        }
        return values;
    }

    private JsonPointer pointer(String name) {
        return pointers.getOrDefault(name, JsonPointer.empty());
    }

    private static String named(String where) {
        return where.isEmpty() ? "the input" : where;
    }

    @Override
    public FormatOutcome write(Message message) {
        MessageReading reading = new MessageReading(message, layout);
        String problem = reading.problem();
        if (!problem.isEmpty()) {
            return new FormatOutcome.Unsayable(problem);
        }
        ObjectNode root = JSON.createObjectNode();
        layout.fields().forEach(field -> JsonPlaces.put(root, pointer(field.name()), reading.field(field)));
        RowLayout rows = layout.rows();
        if (rows != null) {
            ArrayNode list = JsonPlaces.list(root, pointer(rows.at()));
            for (int index = 0; index < reading.rowCount(); index++) {
                ObjectNode row = list.addObject();
                for (FieldPlace field : rows.fields()) {
                    JsonPlaces.put(row, pointer(field.name()), reading.row(index, field));
                }
            }
        }
        try {
            return new FormatOutcome.Written(JSON.writeValueAsBytes(root));
        } catch (JsonProcessingException e) {
            return new FormatOutcome.Unsayable("the message holds half a character, which JSON in UTF-8 cannot say");
        }
    }

    private record Pointers(String where, MessageLayout layout) implements MessageMaker.Where {
        @Override
        public String field(String name) {
            return where + name;
        }

        @Override
        public MessageMaker.Where row(int index) {
            RowLayout rows = layout.rows();
            return new Pointers(where + (rows == null ? "" : rows.at()) + "/" + index, layout);
        }
    }
}
