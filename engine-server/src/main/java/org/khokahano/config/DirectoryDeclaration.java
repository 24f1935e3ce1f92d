package org.khokahano.config;

import java.nio.file.FileSystems;
import java.util.regex.PatternSyntaxException;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;
import org.khokahano.file.FileName;

/** What can be said about directories that messages come from and go to. */
final class DirectoryDeclaration {

    static final Section<DirectoryListenerConfig> LISTENER = Section.of("directory", section -> {
        var path = section.required(
                "path", Types.path(), "The directory that senders write to; relative to where the engine is started.");
        var create =
                section.field("create", Types.flag(), "false", "Whether the directory is made where it is not there.");
        var pattern = section.field(
                "pattern", Types.text(), "\"*.hl7\"", "Which files are read, by their names: *.hl7 or *.{hl7,txt}.");
        var order = section.field(
                "order", Types.choice(FileOrderBy.class), "name", "In what order: by name, or by time of change.");
        var settle = section.field(
                "settle",
                Types.duration().orOff(),
                "2s",
                "How long a file must not have changed before it is read; off where senders rename whole files.");
        var poll = section.field("poll", Types.duration(), "1s", "How often the directory is looked at.");
        var processed = section.optional(
                "processed", Types.path(), "Where files go whose messages were all taken; PATH/processed without it.");
        var failed = section.optional(
                "failed",
                Types.path(),
                "Where files go with something in them that was refused; PATH/failed without it.");
        var delete = section.field(
                "delete", Types.flag(), "false", "Whether files are deleted instead of moved to 'processed'.");
        var maxMessage = section.field(
                "maxMessage",
                Types.size(),
                "16MB",
                "The largest message; files may be larger. With a format: the largest file.");
        var lineEnds = section.field(
                "lineEnds",
                Types.choice(LineEndsOf.class),
                "cr",
                "The ends of segments: cr makes LF and CRLF to CR, keep leaves them. With a format all stays.");
        section.instead("directory", "did you mean 'path'?");
        section.instead("name", "did you mean 'pattern'?");
        section.rule(values -> {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + pattern.in(values));
            } catch (PatternSyntaxException malformed) {
                values.error(pattern, "the pattern cannot be read", "write it as *.hl7 or *.{hl7,txt}");
            }
            if (delete.in(values) && processed.in(values).isPresent()) {
                values.error(processed, "with 'delete' nothing is moved there", "remove one of them");
            }
        });
        return values -> new DirectoryListenerConfig(
                path.in(values),
                create.in(values),
                pattern.in(values),
                order.in(values),
                settle.in(values),
                poll.in(values),
                processed.in(values),
                failed.in(values),
                delete.in(values),
                maxMessage.in(values),
                lineEnds.in(values));
    });

    static final Section<DirectoryDestinationConfig> DESTINATION = Section.of("directory", section -> {
        var path = section.required(
                "path", Types.path(), "Where the files are written; relative to where the engine is started.");
        var name = section.field(
                "name",
                Types.text(),
                "\"{messageId}-{deliveryId}.hl7\"",
                "The files' names, with {deliveryId} and, if wanted, {messageId}, {controlId} and {type} in them.");
        var timeout = section.field("timeout", Types.duration(), "30s", "How long writing a file may take.");
        section.instead("directory", "did you mean 'path'?");
        section.rule(values -> {
            String problem = FileName.problem(name.in(values));
            if (!problem.isEmpty()) {
                values.error(name, problem, "write it as {messageId}-{deliveryId}.hl7");
            }
        });
        return values -> new DirectoryDestinationConfig(path.in(values), name.in(values), timeout.in(values));
    });

    private DirectoryDeclaration() {}
}
