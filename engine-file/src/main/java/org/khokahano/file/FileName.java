package org.khokahano.file;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.BatchNumbers;

/**
 * The names of the files that are written, made of a template such as
 * <code>{messageId}-{deliveryId}.hl7</code>. A delivery has the same name however often it is made,
 * and no other has it. Names in their order are the deliveries in theirs where the number comes
 * first.
 */
public final class FileName {

    /** Enough for any number, so that names sort as numbers do. */
    private static final int DIGITS = 12;

    private static final int LONGEST = 200;
    private static final int LONGEST_VALUE = 60;
    private static final List<String> PLACES = List.of("messageId", "deliveryId", "controlId", "type");
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]*)}");

    private final String template;
    private final boolean readsMessage;

    /** Throws IllegalArgumentException with {@link #problem} where the template is none. */
    public FileName(String template) {
        String problem = problem(template);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        this.template = template;
        this.readsMessage = template.contains("{controlId}") || template.contains("{type}");
    }

    /** What is wrong with a template; empty where nothing is. */
    public static String problem(String template) {
        Matcher matcher = PLACE.matcher(template);
        while (matcher.find()) {
            if (!PLACES.contains(matcher.group(1))) {
                return "there is no placeholder {" + matcher.group(1) + "}, only " + PLACES;
            }
        }
        String fixed = PLACE.matcher(template).replaceAll("");
        if (!fixed.matches("[A-Za-z0-9._-]*") || template.startsWith(".")) {
            return "a file's name has letters, digits, '.', '_' and '-', and does not begin with '.'";
        }
        if (!template.contains("{deliveryId}")) {
            return "without {deliveryId} two files could have the same name";
        }
        return template.length() > LONGEST ? "a file's name is of " + LONGEST + " characters at most" : "";
    }

    /** The name of one delivery's file. */
    String of(long messageId, long deliveryId, byte[] payload) {
        String name = template.replace("{messageId}", number(messageId)).replace("{deliveryId}", number(deliveryId));
        if (!readsMessage) {
            return name;
        }
        String controlId = "none";
        String type = "none";
        try {
            Message message = Message.read(payload);
            controlId = safe(message.get("MSH-10"));
            type = safe(message.get("MSH-9.1") + '_' + message.get("MSH-9.2"));
        } catch (UnreadableMessageException e) {
            // What a format made need not be HL7.
        }
        return name.replace("{controlId}", controlId).replace("{type}", type);
    }

    /**
     * The name of a batch's file: {@code {deliveryId}} is then the first delivery, the last and how many
     * there are, and {@code {controlId}} and {@code {type}} are {@code batch}.
     */
    String of(BatchNumbers batch) {
        String deliveries = number(batch.firstDelivery()) + '-' + number(batch.lastDelivery()) + '-' + batch.count();
        return template.replace("{messageId}", number(batch.messageId()))
                .replace("{deliveryId}", deliveries)
                .replace("{controlId}", "batch")
                .replace("{type}", "batch");
    }

    private static String number(long id) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", id);
    }

    /** Whatever a message holds, no path and no hidden file comes of it. */
    private static String safe(String value) {
        String kept = value.replaceAll("[^A-Za-z0-9_-]", "_");
        return kept.isEmpty() ? "none" : kept.substring(0, Math.min(kept.length(), LONGEST_VALUE));
    }

    @Override
    public String toString() {
        return template;
    }
}
