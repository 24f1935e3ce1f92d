package org.khokahano.config.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes our tree of the YAML library's, with limits on what aliases may expand to. */
final class TreeBuilder {
    private static final int MOST_NODES = 100_000;
    private static final int DEEPEST_NESTING = 50;
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s]*@");

    private final SourceFile source;
    private final Interpolation interpolation;
    private final Problems problems;
    private int nodes;
    private boolean tooLarge;

    TreeBuilder(SourceFile source, Interpolation interpolation, Problems problems) {
        this.source = source;
        this.interpolation = interpolation;
        this.problems = problems;
    }

    ConfigNode build(@Nullable Node root) {
        if (root == null) {
            return new ConfigNode.Scalar(source.at(1, 1), source.at(1, 1), "", true, true, false);
        }
        return convert(root, 0);
    }

    private ConfigNode convert(Node node, int depth) {
        Location start = YamlFile.place(source, node.getStartMark());
        nodes++;
        if (nodes > MOST_NODES || depth > DEEPEST_NESTING) {
            return tooLarge(start);
        }
        if (node.getTag().getValue().startsWith("!")) {
            problems.error(
                    start,
                    "what begins with ! is a tag to YAML, and " + node.getTag().getValue() + " has no meaning here",
                    "put the whole value in quotes: a condition that begins with ! is \"!...\"");
            return new ConfigNode.Broken(start, start);
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, start, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<ConfigNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1));
            }
            return new ConfigNode.Sequence(start, List.copyOf(items));
        }
        return scalar((ScalarNode) node, start);
    }

    private ConfigNode tooLarge(Location start) {
        if (!tooLarge) {
            tooLarge = true;
            problems.error(
                    start,
                    nodes > MOST_NODES
                            ? "aliases make this file larger than 100000 values"
                            : "aliases nest this file deeper than 50 levels",
                    "write the values out instead of using anchors (&) and aliases (*)");
        }
        return new ConfigNode.Broken(start, start);
    }

    private ConfigNode scalar(ScalarNode node, Location start) {
        Location end = YamlFile.place(source, node.getEndMark());
        if (node.getTag().equals(Tag.NULL)) {
            return new ConfigNode.Scalar(start, end, "", true, true, false);
        }
        ConfigNode filled = interpolation.fill(node.getValue(), start, end);
        return filled instanceof ConfigNode.Scalar scalar
                        && PASSWORD_IN_URL.matcher(scalar.text()).find()
                ? scalar.hidden()
                : filled;
    }

    private ConfigNode mapping(MappingNode node, Location start, int depth) {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Location place = YamlFile.place(source, tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.error(place, "a key must be plain text", "write a word, without brackets: 'key: value'");
                continue;
            }
            if (key.getTag().equals(Tag.MERGE)) {
                problems.error(place, "'<<' does not merge mappings here", "write the keys out");
                continue;
            }
            ConfigNode value = convert(tuple.getValueNode(), depth + 1);
            if (SourceFile.soundsSecret(key.getValue())) {
                value.hide();
            }
            ConfigNode.Entry earlier = entries.get(key.getValue());
            if (earlier != null) {
                problems.error(
                        place,
                        "the key '" + key.getValue() + "' stands here a second time",
                        "it is also at " + earlier.keyLocation());
                continue;
            }
            entries.put(key.getValue(), new ConfigNode.Entry(place, value));
        }
        return new ConfigNode.Mapping(start, Collections.unmodifiableMap(entries));
    }
}
