package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.khokahano.message.Samples.message;

import ca.uhn.hl7v2.util.Terser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TypedMessageTest {
    @Test
    void shouldMakeTheTypedMessageOnce() throws Exception {
        Message message = message(Samples.ORU);
        ca.uhn.hl7v2.model.Message typed = message.typed();
        assertThat(typed.getName()).isEqualTo("ORU_R01");
        assertThat(typed).isSameAs(message.typed());
        assertThat(new Terser(typed).get("/.PID-5-2")).isEqualTo("Thabo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "2.3", "2.5.1", "2.7.1", "2.8.1", "2.9", "3.0", "", "x"})
    void shouldTypeEveryVersionKnownOrNot(String version) throws Exception {
        String text = Samples.ORU.replace("|2.5.1|", "|" + version + "|");
        ca.uhn.hl7v2.model.Message typed = message(text).typed();
        assertThat(new Terser(typed).get("/.PID-8")).isEqualTo("M");
    }

    @Test
    @DisplayName("R12 R53 LF ends, a fifth encoding character before 2.7, an empty OBX-2 are typed too")
    void shouldTypeWhatHospitalsSend() throws Exception {
        String text =
                Samples.ORU.replace("\\&|", "\\&#|").replace("\r", "\n").replace("|ST|", "||") + "not a segment\n";
        Message message = message(text);
        assertThat(new Terser(message.typed()).get("/.PID-5-1")).isEqualTo("Mokoena");
        assertThat(message.get("MSH-2")).isEqualTo("^~\\&#");
    }

    @Test
    @DisplayName("R49 Text reaches the typed message decoded")
    void shouldTypeDecodedText() throws Exception {
        String text = Samples.declaring("UNICODE UTF-8", "EVN|A01\rPID|1||7||Ntšekhe\r");
        Message message = message(text, StandardCharsets.UTF_8);
        assertThat(new Terser(message.typed()).get("/.PID-5-1")).isEqualTo("Ntšekhe");
    }

    @Test
    @DisplayName("R25 What HAPI refuses is said with a code and no content")
    void shouldSayNothingOfTheContentWhenItCannotBeTyped() {
        Message message = message("MSH|^|Mokoena|||||||Thabo\rPID|Mokoena\r");
        TypedMessageException refused = catchThrowableOfType(TypedMessageException.class, message::typed);
        assertThat(refused.code()).isPositive();
        assertThat(refused).hasNoCause().hasMessageContaining("table 0357");
        assertThat(refused.getMessage()).doesNotContain("Mokoena").doesNotContain("Thabo");
    }
}
