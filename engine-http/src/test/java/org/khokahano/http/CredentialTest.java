package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CredentialTest {

    @Test
    void shouldShowWhatTheOtherSideKnows() {
        Credential basic = Credential.basic("ehr", "pass:wôrd");
        assertThat(basic.headerValue()).isEqualTo("Basic ZWhyOnBhc3M6d8O0cmQ=");
        assertThat(basic.isShownBy(basic.headerValue())).isTrue();
        assertThat(basic.isShownBy("Basic ZWhyOnBhc3M6d8O0cm")).isFalse();
        assertThat(basic.isShownBy("Basic ***")).isFalse();
        assertThat(Credential.bearer("abc").isShownBy("Bearer abc")).isTrue();
        assertThat(Credential.bearer("abc").isShownBy("Bearer abcd")).isFalse();
        assertThat(Credential.bearer("abc").isShownBy("Basic abc")).isFalse();
        assertThat(Credential.bearer("abc").isShownBy("")).isFalse();
    }

    @Test
    void shouldNeverBePrinted() {
        assertThat(Credential.basic("ehr", "lebitso")).hasToString("Basic ***");
        assertThatThrownBy(() -> Credential.bearer("se\ncret"))
                .hasMessageContaining("character 3")
                .hasMessageNotContaining("cret");
    }
}
