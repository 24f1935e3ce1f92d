package org.khokahano.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads one YAML file into a tree. */
final class YamlFile {
    static final int LARGEST_BYTES = 1024 * 1024;
    private static final int DEEPEST_NESTING = 50;

    private final Interpolation interpolation;
    private final Problems problems;

    YamlFile(Interpolation interpolation, Problems problems) {
        this.interpolation = interpolation;
        this.problems = problems;
    }

    /**
     * The file's tree; empty if it could not be read, which is noted then. A file without any content is
     * an empty tree: {@link ConfigNode.Scalar#isNull}.
     */
    Optional<ConfigNode> read(Path file, String name) {
        Optional<SourceFile> source = decode(file, name);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        return parse(source.get());
    }

    private Optional<SourceFile> decode(Path file, String name) {
        Location start = new SourceFile(name, "").at(1, 1);
        if (!Files.isRegularFile(file)) {
            reportNoFile(file, start);
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_BYTES + 1);
        } catch (IOException unreadable) {
            problems.error(start, "the file cannot be read", "check its permissions for the engine's user");
            return Optional.empty();
        }
        if (bytes.length > LARGEST_BYTES) {
            problems.error(start, "the file is larger than 1 MiB", "split it into several and include them");
            return Optional.empty();
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(input, text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            SourceFile source = new SourceFile(name, decoded);
            source.hideByKeys();
            problems.error(
                    lastPlace(source, decoded),
                    String.format("the byte 0x%02X is not UTF-8", bytes[input.position()]),
                    "save the file in UTF-8");
            return Optional.empty();
        }
        return Optional.of(new SourceFile(name, withoutByteOrderMark(decoded)));
    }

    // Asked before the file is opened: to open a pipe waits for whoever writes to it.
    private void reportNoFile(Path file, Location start) {
        if (Files.isDirectory(file)) {
            problems.error(start, "this is a directory, not a file", "remove it, and write a file of this name");
        } else if (Files.exists(file)) {
            problems.error(start, "this is a pipe or a device, not a file", "put a plain file in its place");
        } else if (Files.isSymbolicLink(file)) {
            problems.error(
                    start,
                    "this is a symbolic link that leads to no file",
                    "its target is missing, or links lead in a circle: see 'ls -l'");
        } else {
            problems.error(start, "there is no such file", "name the directory that engine.yaml lies in");
        }
    }

    Optional<ConfigNode> parse(SourceFile source) {
        InvisibleCharacters.warn(source, problems);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_BYTES);
        options.setNestingDepthLimit(DEEPEST_NESTING);
        // What aliases expand to is counted when the tree is built, where each has a place.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        try {
            Node root = new Yaml(options).compose(new StringReader(source.text()));
            return Optional.of(new TreeBuilder(source, interpolation, problems).build(root));
        } catch (ReaderException unprintable) {
            int end = source.text().offsetByCodePoints(0, unprintable.getPosition());
            problems.error(
                    lastPlace(source, source.text().substring(0, end)),
                    String.format("the character U+%04X does not belong in YAML", unprintable.getCodePoint()),
                    "remove it");
        } catch (MarkedYAMLException broken) {
            YamlSyntax.report(broken, source, problems);
        } catch (YAMLException broken) {
            // Of those without a place there is one: nesting deeper than the limit.
            boolean tooDeep = String.valueOf(broken.getMessage()).startsWith("Nesting Depth");
            problems.error(
                    source.at(1, 1),
                    tooDeep ? "the file nests deeper than 50 levels" : "YAML: " + broken.getMessage(),
                    tooDeep ? "is a '[' or '{' not closed?" : "");
        }
        source.hideByKeys();
        return Optional.empty();
    }

    static Location place(SourceFile source, Mark mark) {
        return source.at(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Location lastPlace(SourceFile source, String textBefore) {
        int lineStart = textBefore.lastIndexOf('\n') + 1;
        int line =
                (int) textBefore.chars().filter(character -> character == '\n').count() + 1;
        return source.at(line, textBefore.length() - lineStart + 1);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
