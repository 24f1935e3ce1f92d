package org.khokahano.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.transform.value.InvalidFunctionException;
import org.khokahano.transform.value.ValueException;
import org.khokahano.transform.value.ValueFunctions;

@Tag("unit")
class ValueFunctionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    upper                            ; mokoena            ; MOKOENA
                    trim                             ; '  x '             ; x
                    pad(4)                           ; 17                 ; 0017
                    padRight(3, '.')                 ; a                  ; a..
                    substring(2, 3)                  ; abcdef             ; bcd
                    substring(9)                     ; abc                ; ''
                    replace('([a-z])-', '$1+')       ; a-b-               ; a+b+
                    extract('([0-9]+)x')             ; ab12x3             ; 12
                    extract('z')                     ; abc                ; ''
                    date(yyyy-MM-dd)                 ; 20260203101112.5+0200 ; 2026-02-03
                    date(yyyyMMddHHmmss)             ; 2026               ; 20260101000000
                    date(yyyyMMddHHmmssZ)            ; 202602031011+0200  ; 20260203101100+0200
                    date(dd.MM.yyyy HH:mm, yyyyMMddHHmm) ; 03.02.2026 07:08 ; 202602030708
                    """)
    void shouldMakeOneTextOfAnother(String function, String from, String to)
            throws InvalidFunctionException, ValueException {
        assertThat(ValueFunctions.parse(function).apply(from)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({"20260231", "someday", "20261301", "2026020"})
    void shouldRefuseWhatIsNoDate(String text) throws InvalidFunctionException {
        var function = ValueFunctions.parse("date(yyyyMMdd)");

        assertThatThrownBy(() -> function.apply(text))
                .isInstanceOf(ValueException.class)
                .hasMessageNotContaining(text);
    }

    @Test
    void shouldRefuseARegularExpressionThatIsTooLarge() {
        assertThatThrownBy(() -> ValueFunctions.parse("extract('((a{1,100}){1,100})')"))
                .isInstanceOf(InvalidFunctionException.class)
                .hasMessageContaining("regular expression");
    }
}
