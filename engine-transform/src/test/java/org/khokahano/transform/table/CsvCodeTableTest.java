package org.khokahano.transform.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.table.CodeLookup;
import org.khokahano.table.CodeLookup.Ambiguous;
import org.khokahano.table.CodeLookup.Found;
import org.khokahano.table.CodeRow;
import org.khokahano.table.CodeTable;

@Tag("unit")
class CsvCodeTableTest {

    private static final long NOW = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();

    @Test
    @DisplayName("A table of Excel's, with a byte order mark, quotes and dates, is looked up both ways")
    void shouldReadATable() {
        CodeTable table = right("\uFEFFcode,target,system,targetSystem,display,targetDisplay,from,until\r\n"
                + "HB,718-7,LOCAL,LN,Haemoglobin,\"Hemoglobin, blood\",,2026-05-31\r\n"
                + "HB,718-8,LOCAL,LN,Haemoglobin,,2026-06-01,\r\n\r\n"
                + "K,2823-3,,LN,Kalium,Potassium,,\r\n");

        assertThat(table.size()).isEqualTo(3);
        assertThat(row(table.find("HB", "LOCAL", NOW)).target()).isEqualTo("718-8");
        CodeRow before =
                row(table.find("HB", "", Instant.parse("2026-05-31T23:59:59Z").toEpochMilli()));
        assertThat(before.targetDisplay()).isEqualTo("Hemoglobin, blood");
        assertThat(before.line()).isEqualTo(2);
        assertThat(row(table.find("K", "ANY", NOW)).target()).isEqualTo("2823-3");
        assertThat(table.find("HB", "OTHER", NOW)).isInstanceOf(CodeLookup.Absent.class);
        assertThat(row(table.reverse("2823-3", "LN", NOW)).code()).isEqualTo("K");
        assertThat(table.reverse("718-7", "LN", NOW)).isInstanceOf(CodeLookup.Absent.class);
    }

    @Test
    @DisplayName("Two codes with one target are ambiguous backwards, and nothing is chosen in silence")
    void shouldTellAnAmbiguousReverse() {
        CodeTable table = right("code,target\nHB,718-7\nHGB,718-7\n");

        assertThat(((Ambiguous) table.reverse("718-7", "", NOW)).rows())
                .extracting(CodeRow::code)
                .containsExactly("HB", "HGB");
        assertThat(row(table.find("HGB", "", NOW)).target()).isEqualTo("718-7");
    }

    @Test
    @DisplayName("A hundred thousand rows are all found")
    void shouldHoldManyRows() {
        StringBuilder csv = new StringBuilder("code,target\n");
        for (int i = 0; i < 100_000; i++) {
            csv.append("code-").append(i).append(",target-").append(i).append('\n');
        }

        CodeTable table = right(csv.toString());

        for (int i = 0; i < 100_000; i += 7) {
            assertThat(row(table.find("code-" + i, "", NOW)).target()).isEqualTo("target-" + i);
            assertThat(row(table.reverse("target-" + i, "", NOW)).line()).isEqualTo(i + 2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "code,target\\nA,1\\nA,2 | 3:1 the code 'A' is in line 2 too, and valid at the same time",
                "code,target,from,until\\nA,1,2026-02-01,2026-01-01 | 2:16 the row ends before it begins",
                "code,target,from\\nA,1,1.2.2026 | 2:5 '1.2.2026' is not a date",
                "code,target\\n,1 | 2:1 the code is empty",
                "code,target\\nA,1,2 | 2:3 the row has 3 columns and the header 2",
                "code,taget\\nA,1 | 1:6 there is no column 'taget'",
                "code,system\\nA,1 | 1:1 the column 'target' is missing",
                "code,target,code\\nA,1,B | 1:13 the column 'code' comes twice",
                "`` | 1:1 the code table is empty",
            })
    @DisplayName("What is wrong is told with line, column and what")
    void shouldTellWhatIsWrong(String csv, String problem) {
        CsvCodeTable read = read(csv == null ? "" : csv.replace("\\n", "\n"));

        CsvCodeTable.Problem first = read.problems().get(0);
        assertThat(first.line() + ":" + first.column() + " " + first.message()).isEqualTo(problem);
        assertThat(first.hint()).isNotEmpty();
    }

    @Test
    @DisplayName("A file in another character set is refused whole")
    void shouldRefuseOtherCharacterSets() {
        CsvCodeTable read = CsvCodeTable.read("t", "code,target\r\nB,\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        CsvCodeTable.Problem problem = read.problems().get(0);
        assertThat(problem.message()).isEqualTo("the byte 0xE9 is not UTF-8");
        assertThat(problem.line() + ":" + problem.column()).isEqualTo("2:3");
    }

    private static CsvCodeTable read(String csv) {
        return CsvCodeTable.read("t", csv.getBytes(StandardCharsets.UTF_8));
    }

    private static CodeTable right(String csv) {
        CsvCodeTable read = read(csv);
        assertThat(read.problems()).isEqualTo(List.of());
        return read.table();
    }

    private static CodeRow row(CodeLookup lookup) {
        return ((Found) lookup).row();
    }
}
