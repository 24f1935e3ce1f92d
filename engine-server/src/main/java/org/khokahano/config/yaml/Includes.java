package org.khokahano.config.yaml;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.Suggestion;
import org.khokahano.config.yaml.ConfigurationFiles.IncludedFile;

/**
 * Finds the files that {@code include} names, sorted by name for each pattern, each file once. They lie
 * within the configuration's directory; hidden files and directories never match, so that the links
 * Kubernetes keeps in a mounted directory are read once and not twice.
 */
final class Includes {
    private static final int DEEPEST_DIRECTORY = 16;
    private static final int MOST_FILES = 1_000;
    private static final int MOST_CANDIDATES = 20_000;
    private static final String ADVICE = "a path is relative to the configuration's directory";
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
    private static final Pattern UPWARDS_OR_DRIVE = Pattern.compile("(?:.*/)?\\.\\.(?:/.*)?|[A-Za-z]:.*");

    private final Path directory;
    private final Problems problems;
    private final SortedSet<String> candidates = new TreeSet<>();

    Includes(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** The files that the value of {@code include} names; what is wrong with a pattern is noted. */
    List<IncludedFile> find(ConfigNode include) {
        if (!(include instanceof ConfigNode.Sequence list)) {
            // The declaration of the key says what is wrong with it.
            return List.of();
        }
        collectCandidates(include.location());
        Map<String, IncludedFile> found = new LinkedHashMap<>();
        for (ConfigNode item : list.items()) {
            if (item instanceof ConfigNode.Scalar pattern && !pattern.isNull()) {
                for (String name : matching(pattern)) {
                    found.putIfAbsent(name, new IncludedFile(directory.resolve(name), name));
                }
            }
        }
        if (found.size() > MOST_FILES) {
            problems.error(include.location(), "more than 1000 files are included", "join some of them");
            return List.of();
        }
        return new ArrayList<>(found.values());
    }

    private Collection<String> matching(ConfigNode.Scalar written) {
        String pattern = written.text();
        if (escapes(pattern)) {
            problems.error(
                    written.location(),
                    written.shown() + " leads out of the configuration's directory",
                    "included files lie within it: write a relative path without '..'");
            return List.of();
        }
        String tidy = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        PathMatcher matcher;
        try {
            matcher = directory.getFileSystem().getPathMatcher("glob:" + tidy);
        } catch (PatternSyntaxException broken) {
            problems.error(
                    written.location(),
                    written.shown() + " is not a pattern: " + described(broken),
                    "write a path such as listeners/*.yaml");
            return List.of();
        }
        List<String> names = candidates.stream()
                .filter(name -> matcher.matches(directory.getFileSystem().getPath(name)))
                .filter(name -> !name.equals(ConfigurationFiles.FIRST_FILE))
                .toList();
        if (names.isEmpty()) {
            reportNothing(written, tidy);
        }
        return names;
    }

    private void reportNothing(ConfigNode.Scalar written, String tidy) {
        if (tidy.equals(ConfigurationFiles.FIRST_FILE)) {
            problems.error(
                    written.location(),
                    written.shown() + " includes itself",
                    "remove it here: it is read first, and names the others");
            return;
        }
        if (WILDCARD.matcher(written.text()).find()) {
            // A misspelt pattern would empty an engine that runs, so that this is no warning.
            problems.error(
                    written.location(),
                    "no file matches " + written.shown(),
                    "remove the pattern, or correct it: a path is relative to the configuration's directory");
            return;
        }
        if (reportOther(written, tidy)) {
            return;
        }
        String hint = Suggestion.nearest(tidy, candidates)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse(ADVICE);
        problems.error(written.location(), "there is no file " + written.shown(), hint);
    }

    /** Says what it is that has this name and is no file, if anything has it. */
    private boolean reportOther(ConfigNode.Scalar written, String tidy) {
        Path named;
        try {
            named = directory.resolve(tidy);
        } catch (InvalidPathException malformed) {
            return false;
        }
        if (Files.isDirectory(named) && !tidy.isEmpty()) {
            String files = (tidy.endsWith("/") ? tidy : tidy + "/") + "*.yaml";
            problems.error(
                    written.location(), written.shown() + " is a directory, not a file", "write '" + files + "'");
        } else if (Files.exists(named) && !Files.isRegularFile(named) && !Files.isDirectory(named)) {
            problems.error(
                    written.location(),
                    written.shown() + " is a pipe or a device, not a file",
                    "put a plain file in its place");
        } else if (Files.isSymbolicLink(named)) {
            problems.error(
                    written.location(),
                    written.shown() + " is a symbolic link that leads to no file",
                    "its target is missing, or links lead in a circle: see 'ls -l'");
        } else {
            return false;
        }
        return true;
    }

    /** The library leaves the last quote out: {@code Missing ']}. */
    private static String described(PatternSyntaxException broken) {
        String said = broken.getDescription();
        return said.startsWith("Missing '") && !said.endsWith("'") ? said + "'" : said;
    }

    private static boolean escapes(String pattern) {
        return pattern.startsWith("/")
                || pattern.contains("\\")
                || UPWARDS_OR_DRIVE.matcher(pattern).matches();
    }

    private void collectCandidates(Location place) {
        try {
            Files.walkFileTree(directory, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST_DIRECTORY, new Collector());
        } catch (IOException unreadable) {
            problems.error(place, "the configuration's directory cannot be listed", "check its permissions");
        }
        if (candidates.size() > MOST_CANDIDATES) {
            problems.error(
                    place,
                    "there are more than 20000 files beside the configuration",
                    "keep data and configuration in different directories");
        }
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            boolean hidden = !visited.equals(directory) && isHidden(visited);
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(visited)) {
                candidates.add(directory.relativize(visited).toString().replace('\\', '/'));
            }
            return candidates.size() > MOST_CANDIDATES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path visited, IOException failure) {
            // A directory of somebody else's beside the configuration; a file that is needed is missed by name.
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            return path.getFileName().toString().startsWith(".");
        }
    }
}
