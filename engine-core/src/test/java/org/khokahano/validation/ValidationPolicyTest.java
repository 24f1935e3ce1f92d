package org.khokahano.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.validation.ValidationPolicy.Verdict;

@Tag("unit")
class ValidationPolicyTest {

    private static final Origin ORIGIN = new Origin("in", "QMMH", 0);

    @ParameterizedTest
    @CsvSource({"99, IGNORE, 0", "101, REJECT, 1"})
    @DisplayName("A message that is too long to be checked whole is an error, and not let through")
    void shouldNotLetThroughWhatWasNotChecked(int places, Response response, int errors)
            throws UnreadableMessageException {
        Validator validator = validator(places);
        ValidationPolicy policy =
                new ValidationPolicy(validator, Response.REJECT, Response.WARN, Response.IGNORE, 10, 100);

        Verdict verdict = policy.judge(Message.read("MSH|^~\\&|A|B\r".getBytes(StandardCharsets.US_ASCII)), ORIGIN);

        assertThat(verdict.response()).isEqualTo(response);
        assertThat(verdict.findings().count(Severity.ERROR)).isEqualTo(errors);
    }

    private static Validator validator(int places) {
        return new Validator() {
            @Override
            public String name() {
                return "all";
            }

            @Override
            public void validate(Message message, Origin origin, Findings findings) {
                for (int place = 0; place < places && findings.mayGoOn(); place++) {
                    continue;
                }
            }
        };
    }
}
