package org.khokahano.bench.micro;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.List;
import java.util.Locale;
import org.khokahano.bench.micro.ThirtySteps.Edit;

/** The steps as one writes them with HAPI: parse, Terser, encode; validation off. Paths are made beforehand. */
final class TerserMapping {
    private final PipeParser parser;
    private final List<Edit> edits;
    private final int observations;

    /** @param observations how many a result has; 0 for an admission */
    TerserMapping(int observations) {
        DefaultHapiContext context = new DefaultHapiContext();
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.setValidationContext(ValidationContextFactory.noValidation());
        this.parser = context.getPipeParser();
        this.observations = observations;
        String patient = observations > 0 ? "/PATIENT_RESULT/PATIENT/" : "/";
        this.edits = ThirtySteps.edits(observations > 0).stream()
                .map(edit -> new Edit(
                        edit.action(), at(patient, edit.target()), at(patient, edit.source()), edit.constant()))
                .toList();
    }

    private static String at(String patient, String field) {
        return field.startsWith("MSH") ? "/" + field : patient + field;
    }

    /** From text to text. */
    String apply(String text) throws HL7Exception {
        Message message = parser.parse(text);
        edit(message);
        return parser.encode(message);
    }

    /** The steps alone. */
    void edit(Message message) throws HL7Exception {
        Terser terser = new Terser(message);
        for (Edit edit : edits) {
            switch (edit.action()) {
                case CONSTANT -> terser.set(edit.target(), edit.constant());
                case COPY -> terser.set(edit.target(), terser.get(edit.source()));
                case CAPITALS -> {
                    String value = terser.get(edit.source());
                    terser.set(edit.target(), value == null ? null : value.toUpperCase(Locale.ROOT));
                }
            }
        }
        for (int i = 0; i < observations; i++) {
            String observation = "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(" + i + ")/OBX-";
            terser.set(observation + "11", "C");
            terser.set(observation + "4", terser.get(observation + "3-1"));
        }
    }
}
