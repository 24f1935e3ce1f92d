package org.khokahano.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.khokahano.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that opens the API. It lies in the data directory, for its owner only: who may read the
 * messages' file may use the API as well.
 */
public final class AdminToken {

    /** The file's name in the data directory. */
    public static final String FILE = "admin.token";

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int RANDOM_BYTES = 32;
    private static final int LEAST_CHARACTERS = 20;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] secret;

    private AdminToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the data directory's token, and makes it (and the directory) where there is none.
     *
     * @throws StoreException if it can be neither read nor made
     */
    public static AdminToken openOrMake(Path data) {
        Path file = data.resolve(FILE);
        try {
            Files.createDirectories(data);
            if (!Files.exists(file)) {
                make(file);
            }
            warnWhereOthersMayRead(file);
            return new AdminToken(read(file));
        } catch (IOException e) {
            throw new StoreException("cannot read or make the API's token " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a token.
     *
     * @throws IOException if there is none or it is no token
     */
    public static String read(Path file) throws IOException {
        String secret = Files.readString(file).strip();
        if (secret.length() < LEAST_CHARACTERS) {
            throw new IOException(file + " holds fewer than " + LEAST_CHARACTERS
                    + " characters; delete it, and the engine makes a new one when it starts");
        }
        return secret;
    }

    /** Whether it is the token; takes the same time whatever is wrong. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(presented.getBytes(StandardCharsets.UTF_8), secret);
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + '\n';
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another process made the token at the same time");
        }
    }

    private static void warnWhereOthersMayRead(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("others than its owner may read {}; run: chmod 600 {}", file, file);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return "the API's token";
    }
}
