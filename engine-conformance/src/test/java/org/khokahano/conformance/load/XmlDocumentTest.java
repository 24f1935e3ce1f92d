package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class XmlDocumentTest {

    private static XmlElement read(String xml) throws UnreadableProfileException {
        return XmlDocument.read(xml.getBytes(StandardCharsets.UTF_8), "a.xml");
    }

    private static UnreadableProfileException refused(String xml) {
        return catchThrowableOfType(UnreadableProfileException.class, () -> read(xml));
    }

    @Test
    void shouldKeepTheOrderTheTextAndThePlaceOfElements() throws Exception {
        XmlElement root = read("<?xml version='1.0'?><a x:n=' 1 ' xmlns:x='urn:x'>\n  <b/> said <x:c>\n<d/></x:c></a>");

        assertThat(root.attribute("n")).isEqualTo("1");
        assertThat(root.text()).isEqualTo("said");
        assertThat(root.children()).extracting(XmlElement::name).containsExactly("b", "c");
        assertThat(root.children()).extracting(XmlElement::line).containsExactly(2, 2);
        assertThat(root.children()).extracting(XmlElement::column).containsExactly(3, 13);
        assertThat(root.children().get(1).children().get(0).line()).isEqualTo(3);
    }

    @Test
    void shouldIgnoreADocumentTypeThatOnlyNamesAFile() throws Exception {
        assertThat(read("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/none.dtd\"><a/>")
                        .name())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY % e SYSTEM \"http://127.0.0.1:1/\"> %e;]><a/>",
                "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;&x;&x;\">]><a>&z;</a>"
            })
    void shouldRefuseDeclarationsInADocumentTypeWithTheirPlace(String xml) {
        UnreadableProfileException refused = refused(xml);

        assertThat(refused).hasMessageContaining("document type").hasMessageNotContaining("passwd");
        assertThat(refused.located()).startsWith("a.xml:1:1: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>&e;</a>",
                "<a b='&e;'/>",
                "<a>",
                "<a></b>",
                "<a b=1/>",
                "text",
                "  ",
                "<a/><b/>",
                "<a>\u0000</a>"
            })
    void shouldSayWhereADocumentIsNoXml(String xml) {
        UnreadableProfileException refused = refused(xml);

        assertThat(refused).isNotNull();
        assertThat(refused.line()).isPositive();
        assertThat(refused.column()).isPositive();
        assertThat(refused.getMessage()).startsWith("not XML").doesNotContain("\n");
    }

    @Test
    void shouldSayTheLineOfAMistakeInTheMiddle() {
        assertThat(refused("<a>\n<b>\n</c>\n</a>").line()).isEqualTo(3);
    }

    @Test
    void shouldSayWhereAByteIsNotOfTheEncodingThatIsDeclared() throws Exception {
        byte[] latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wrong = "<a>\n\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(XmlDocument.read(latin, "a.xml").text()).isEqualTo("\u00e9");
        assertThatThrownBy(() -> XmlDocument.read(wrong, "a.xml"))
                .hasMessage("not XML: the byte 0xE9 is not UTF-8")
                .extracting(thrown -> ((UnreadableProfileException) thrown).located())
                .asString()
                .startsWith("a.xml:2:1: ");
        assertThat(refused("<?xml version='1.0' encoding='x-none'?><a/>")).hasMessageContaining("x-none is not known");
    }

    @Test
    void shouldRefuseAnEmptyDocument() {
        assertThat(refused("")).hasMessage("the document is empty");
    }

    @Test
    void shouldRefuseElementsThatNestTooDeep() {
        assertThat(refused("<a>".repeat(101))).hasMessageContaining("deeper than 100");
    }

    @Test
    void shouldRefuseALargerDocumentThanItsLimitWithoutReadingIt() {
        byte[] large = new byte[XmlDocument.LARGEST_BYTES + 1];

        assertThatThrownBy(() -> XmlDocument.read(large, "a.xml")).hasMessageContaining("larger than 64 MiB");
    }

    @Test
    void shouldRefuseMoreTextThanItsLimit() {
        assertThat(refused("<a>" + "x".repeat(XmlDocument.LONGEST_TEXT + 1) + "</a>"))
                .hasMessageContaining("1 MiB of text");
    }
}
