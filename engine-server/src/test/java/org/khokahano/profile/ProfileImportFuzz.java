package org.khokahano.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.conformance.load.ImportedProfile;
import org.khokahano.conformance.load.ProfileImport;
import org.khokahano.conformance.load.ProfileSource;
import org.khokahano.conformance.load.ProfileText;
import org.khokahano.conformance.load.UnreadableProfileException;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;

/**
 * Documents that should be a conformance profile and what belongs to it, with {@link #NEXT} between: they are imported,
 * or refused with a place.
 */
public final class ProfileImportFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 5_000;

    private static final Hl7Definitions DEFINITIONS = new Hl7Definitions();
    private static final Hl7Tables TABLES = Hl7Tables.shipped();

    /** No document holds it, however it is written: it ends one. */
    private static final String NEXT = "<!--next-->";

    private ProfileImportFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<ProfileSource.Document> documents = new ArrayList<>();
        for (String text : new String(input, StandardCharsets.ISO_8859_1).split(NEXT, -1)) {
            documents.add(new ProfileSource.Document("fuzz.xml", text.getBytes(StandardCharsets.ISO_8859_1)));
        }
        ProfileSource source = new ProfileSource(documents.get(0), documents.subList(1, documents.size()));
        try {
            for (ImportedProfile profile : new ProfileImport(DEFINITIONS, TABLES).read(source, "")) {
                if (ProfileText.of(profile.document()).isEmpty()) {
                    throw new AssertionError("imported, and nothing is to be written");
                }
            }
        } catch (UnreadableProfileException refused) {
            if (String.valueOf(refused.getMessage()).isEmpty()) {
                throw new AssertionError("refused, and nobody is told why", refused);
            }
        }
    }
}
