package org.khokahano.profile;

import java.util.List;
import org.khokahano.conformance.load.ImportedProfile;
import org.khokahano.conformance.load.ProfileImport;
import org.khokahano.conformance.load.ProfileSource;
import org.khokahano.conformance.load.ProfileText;
import org.khokahano.conformance.load.UnreadableProfileException;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;

/** A document that should be a conformance profile: it is imported, or refused with a place. */
public final class ProfileImportFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 5_000;

    private static final Hl7Definitions DEFINITIONS = new Hl7Definitions();
    private static final Hl7Tables TABLES = Hl7Tables.shipped();

    private ProfileImportFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ProfileSource source = new ProfileSource(new ProfileSource.Document("fuzz.xml", input), List.of());
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
