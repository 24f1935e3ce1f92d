package org.khokahano.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionCompiler;
import org.khokahano.expression.ExpressionInput;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;

/** What assertions come to mean, asked of a message as NIST's validator asks them. */
@Tag("unit")
class AssertionTextTest {
    private static ExpressionCompiler compiler;
    private static Message message;

    @BeforeAll
    static void read() throws Exception {
        compiler = new ExpressionCompiler(Set.of());
        message = Message.read(("MSH|^~\\&|LAB|LERIBE|HUB||20261123||ORU^R01|1|P|2.5.1\r"
                        + "OBX|1|NM|HB^^LN||13.1|7.0|A~B~A||\"\"|net\r")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String expression(String assertion) throws Exception {
        SourceValueSets sets = new SourceValueSets();
        sets.read(
                XmlDocument.read(
                        ("<ValueSetLibrary><ValueSetDefinitions><ValueSetDefinition BindingIdentifier='V'>"
                                        + "<ValueElement Value='HB'/></ValueSetDefinition></ValueSetDefinitions>"
                                        + "</ValueSetLibrary>")
                                .getBytes(StandardCharsets.UTF_8),
                        "v.xml"),
                new ImportReport());
        XmlElement xml = XmlDocument.read(assertion.getBytes(StandardCharsets.UTF_8), "a.xml");
        return new AssertionText(sets).write(xml, new ElementScope("OBX", List.of()));
    }

    private static boolean holds(String assertion) throws Exception {
        Condition condition = compiler.condition(expression(assertion));
        return condition.matches(ExpressionInput.of(message, message, new Origin("ehr", "", 0), CodeTables.none()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<Presence Path='1[1]'/>; true",
                "<Presence Path='4[1]'/>; false",
                "<NOT><Presence Path='4[1]'/></NOT>; true",
                "<PlainText Path='2[1]' Text='NM' IgnoreCase='false'/>; true",
                "<PlainText Path='2[1]' Text='nm' IgnoreCase='false'/>; false",
                "<PlainText Path='2[1]' Text='nm' IgnoreCase='true'/>; true",
                "<PlainText Path='4[1]' Text='x' IgnoreCase='false'/>; true",
                "<PlainText Path='4[1]' Text='x' IgnoreCase='false' NotPresentBehavior='FAIL'/>; false",
                "<PlainText Path='7[*]' Text='A' IgnoreCase='false'/>; false",
                "<PlainText Path='7[*]' Text='A' IgnoreCase='false' AtLeastOnce='true'/>; true",
                "<PlainText Path='7[*]' Text='A' IgnoreCase='false' Min='2' Max='2'/>; true",
                "<PlainText Path='7[*]' Text='A' IgnoreCase='false' Min='0' Max='1'/>; false",
                "<PlainText Path='7[2]' Text='B' IgnoreCase='false'/>; true",
                "<Format Path='3[1].1[1]' Regex='H[A-C]'/>; true",
                "<Format Path='3[1].1[1]' Regex='H'/>; false",
                "<StringList Path='3[1].1[1]' CSV='HCT, HB'/>; true",
                "<NumberList Path='6[1]' CSV=' 7 ,8'/>; true",
                "<NumberList Path='2[1]' CSV='7'/>; false",
                "<SimpleValue Path='6[1]' Operator='GE' Value='7' Type='Number'/>; true",
                "<SimpleValue Path='6[1]' Operator='LT' Value='7' Type='Number'/>; false",
                "<SimpleValue Path='2[1]' Operator='NE' Value='ST'/>; true",
                "<PathValue Path1='2[1]' Operator='EQ' Path2='2[1]'/>; true",
                "<PathValue Path1='2[1]' Operator='NE' Path2='3[1].3[1]'/>; true",
                "<PathValue Path1='2[1]' Operator='NE' Path2='4[1]'/>; false",
                "<PathValue Path1='4[1]' Operator='NE' Path2='8[1]'/>; true",
                "<ValueSet Path='3[1]' ValueSetID='V' BindingStrength='R' BindingLocation='1'/>; true",
                "<ValueSet Path='2[1]' ValueSetID='V' BindingStrength='R' BindingLocation='1'/>; false",
                "<isNULL Path='9[1]'/>; true",
                "<AND><Presence Path='1[1]'/><Presence Path='4[1]'/></AND>; false",
                "<OR><Presence Path='1[1]'/><Presence Path='4[1]'/></OR>; true",
                "<XOR><Presence Path='1[1]'/><Presence Path='2[1]'/></XOR>; false",
                "<XOR><Presence Path='1[1]'/><Presence Path='4[1]'/></XOR>; true",
                "<IMPLY><Presence Path='1[1]'/><Presence Path='4[1]'/></IMPLY>; false",
                "<IMPLY><Presence Path='4[1]'/><Presence Path='8[1]'/></IMPLY>; true",
                "<FORALL><Presence Path='1[1]'/><Presence Path='2[1]'/><Presence Path='4[1]'/></FORALL>; false",
                "<EXIST><Presence Path='4[1]'/><Presence Path='8[1]'/><Presence Path='2[1]'/></EXIST>; true",
                "<StringFormat Path='3[1]' Format='LOINC'/>; false",
                "<SubContext Path='3[1]'><PlainText Path='3[1]' Text='LN' IgnoreCase='false'/></SubContext>; true"
            })
    void shouldHoldWhereTheAssertionDoes(String assertion, boolean expected) throws Exception {
        assertThat(holds(assertion)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<Presence Path=''/>; no path",
                "<Presence Path='1[0]'/>; no path",
                "<Presence Path='1[1].2[1].3[1].4[1]'/>; deeper",
                "<AND/>; empty",
                "<IMPLY><Presence Path='1[1]'/></IMPLY>; needs 2",
                "<SimpleValue Path='1[1]' Operator='IS' Value='1'/>; no operator",
                "<SimpleValue Path='1[1]' Operator='EQ' Value='x' Type='Number'/>; no number",
                "<PathValue Path1='7[*]' Operator='EQ' Path2='2[1]'/>; several values",
                "<ValueSet Path='1[1]' ValueSetID='W'/>; no library",
                "<ComplexPathValue Path1='1[1]' Path2='2[1]'/>; no assertion that is known",
                "<SetID Path='1[1]'/>; all that a statement says"
            })
    void shouldSayWhyAnAssertionIsNotCarriedOver(String assertion, String reason) {
        assertThatThrownBy(() -> expression(assertion))
                .isInstanceOf(NotConvertibleException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldQuoteWhatEndsATextOrAPattern() throws Exception {
        assertThat(holds("<PlainText Path='2[1]' Text=\"N'M\\\" IgnoreCase='false'/>"))
                .isFalse();
        assertThat(holds("<PlainText Path='2[1]' Text=\"N.\" IgnoreCase='true'/>"))
                .isFalse();
    }
}
