package org.khokahano.revision;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.yaml.ConfigurationPlace;

/**
 * The revisions in the data directory: {@code revisions/N/files} as they were applied, and {@code
 * revisions/N/revision.json} beside them. A revision appears whole, by a rename, or not at all. The
 * latest fifty are kept.
 *
 * <p>Copied are the kinds of files that configurations are written in. Certificates and keys are not:
 * they are replaced in place, and are read where they are.
 */
public final class RevisionArchive {

    private static final Set<String> KINDS =
            Set.of("yaml", "yml", "csv", "tsv", "txt", "json", "xml", "hl7", "tmpl", "cel", "md");
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 256L << 20;
    private static final int DEEPEST = 16;
    private static final int KEPT = 50;
    private static final String MANIFEST = "revision.json";
    private static final String INCOMING = ".incoming-";

    private final Path revisions;
    private final ObjectMapper mapper = new ObjectMapper();

    /** The archive of an engine's data directory, which need not be there yet. */
    public RevisionArchive(Path data) {
        this.revisions = data.toAbsolutePath().normalize().resolve("revisions");
    }

    /**
     * A copy that is no revision yet.
     *
     * @param incoming where the copy is
     * @param from what was copied
     */
    public record Staged(Path incoming, Path from, String hash) {

        Path files() {
            return incoming.resolve("files");
        }

        public ConfigurationPlace place() {
            return new ConfigurationPlace(files(), from);
        }
    }

    /**
     * Copies a configuration, so that what is checked is what will run.
     *
     * @throws UncheckedIOException if it cannot be read or copied; the message says which file
     */
    public Staged stage(Path directory) {
        try {
            makeDirectories();
            Path incoming = Files.createTempDirectory(revisions, INCOMING);
            Path files = Files.createDirectory(incoming.resolve("files"));
            Path from = directory.toAbsolutePath().normalize();
            return new Staged(incoming, from, copy(from, files));
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration cannot be copied: " + e.getMessage(), e);
        }
    }

    private void makeDirectories() throws IOException {
        Files.createDirectories(revisions);
        if (Files.getFileStore(revisions).supportsFileAttributeView("posix")) {
            // Secrets that somebody wrote into a configuration are nobody else's business.
            Files.setPosixFilePermissions(revisions, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private String copy(Path from, Path to) throws IOException {
        Map<String, Path> found = filesIn(from);
        MessageDigest digest = sha256();
        for (Map.Entry<String, Path> file : found.entrySet()) {
            byte[] content = Files.readAllBytes(file.getValue());
            digest.update((file.getKey() + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(content);
            Path copy = to.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.write(copy, content);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private Map<String, Path> filesIn(Path from) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        long[] bytes = new long[1];
        Files.walkFileTree(
                from, Set.of(java.nio.file.FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                        boolean hidden = !visited.equals(from) && isHidden(visited);
                        return hidden || visited.equals(revisions.getParent())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        String name = String.valueOf(file.getFileName());
                        String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                        if (attributes.isRegularFile() && !isHidden(file) && KINDS.contains(kind)) {
                            bytes[0] += attributes.size();
                            if (found.size() >= MOST_FILES || bytes[0] > MOST_BYTES) {
                                throw new IOException("there are more than " + MOST_FILES + " files or "
                                        + (MOST_BYTES >> 20) + " MiB in " + from + "; keep other files elsewhere");
                            }
                            found.put(from.relativize(file).toString().replace('\\', '/'), file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /**
     * The files of a configuration by their names, with a hash of each.
     *
     * @throws UncheckedIOException if one cannot be read
     */
    public Map<String, String> hashes(Path directory) {
        Map<String, String> hashes = new TreeMap<>();
        try {
            for (Map.Entry<String, Path> file :
                    filesIn(directory.toAbsolutePath().normalize()).entrySet()) {
                hashes.put(
                        file.getKey(), HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file.getValue()))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration cannot be read: " + e.getMessage(), e);
        }
        return hashes;
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that a copy has or will have: the latest's where nothing differs from it. */
    public int numberOf(Staged staged) {
        return latest().filter(revision -> revision.hash().equals(staged.hash()))
                .map(Revision::number)
                .orElse(latest().map(Revision::number).orElse(0) + 1);
    }

    /**
     * Makes a copy a revision, durably and at once; nothing where it is the latest already.
     *
     * @param by who applies it
     * @throws UncheckedIOException if it cannot be written; then there is no such revision
     */
    public Revision keep(Staged staged, String by) {
        int number = numberOf(staged);
        Optional<Revision> same = find(number);
        if (same.isPresent()) {
            discard(staged);
            return same.get();
        }
        Revision revision =
                new Revision(number, Instant.now().toString(), by, staged.from().toString(), staged.hash());
        try {
            Path incoming = staged.incoming();
            Files.write(
                    incoming.resolve(MANIFEST),
                    mapper.writeValueAsBytes(Map.of(
                            "number",
                            number,
                            "at",
                            revision.at(),
                            "by",
                            by,
                            "from",
                            revision.from(),
                            "hash",
                            revision.hash())));
            makeDurable(incoming);
            Files.move(incoming, revisions.resolve(Integer.toString(number)), StandardCopyOption.ATOMIC_MOVE);
            force(revisions);
        } catch (IOException e) {
            throw new UncheckedIOException("the revision cannot be written: " + e.getMessage(), e);
        }
        tidy();
        return revision;
    }

    private static void makeDurable(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                force(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                force(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a copy that did not become a revision. */
    public void discard(Staged staged) {
        remove(staged.incoming());
    }

    /** Removes what an earlier life left half done, and the oldest revisions. */
    private void tidy() {
        List<Revision> all = list();
        for (int i = KEPT; i < all.size(); i++) {
            remove(revisions.resolve(Integer.toString(all.get(i).number())));
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(revisions, INCOMING + "*")) {
            left.forEach(RevisionArchive::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (java.util.stream.Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that are kept, the latest first. */
    public List<Revision> list() {
        List<Revision> all = new ArrayList<>();
        if (!Files.isDirectory(revisions)) {
            return all;
        }
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(revisions, "[1-9]*")) {
            for (Path directory : directories) {
                all.add(mapper.readValue(directory.resolve(MANIFEST).toFile(), Revision.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the revisions in " + revisions + " cannot be read", e);
        }
        all.sort(Comparator.comparingInt(Revision::number).reversed());
        return all;
    }

    public Optional<Revision> latest() {
        return list().stream().findFirst();
    }

    public Optional<Revision> find(int number) {
        return list().stream().filter(each -> each.number() == number).findFirst();
    }

    /** Where a revision's files are. */
    public ConfigurationPlace placeOf(Revision revision) {
        return new ConfigurationPlace(
                revisions.resolve(Integer.toString(revision.number())).resolve("files"), Path.of(revision.from()));
    }
}
