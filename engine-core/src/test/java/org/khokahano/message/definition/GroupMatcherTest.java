package org.khokahano.message.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class GroupMatcherTest {
    private static final Hl7Definitions DEFINITIONS = new Hl7Definitions();

    @Test
    void shouldFindTheOrdersOfAResult() {
        assertThat(groups("ORU_R01", "2.5.1", "ORDER_OBSERVATION", "MSH PID PV1 ORC OBR NTE OBX NTE OBX OBR OBX ZXX"))
                .containsExactly("3-9", "9-12");
    }

    @Test
    void shouldFindThePatientsOfAResult() {
        assertThat(groups("ORU_R01", "2.5.1", "PATIENT_RESULT", "MSH PID OBR OBX PID NTE OBR OBX"))
                .containsExactly("1-4", "4-8");
    }

    @Test
    void shouldBeginAnOrderWithEachOrc() {
        assertThat(groups("OML_O21", "2.5.1", "ORDER", "MSH PID PV1 ORC OBR OBX SPM ORC OBR DG1 ORC OBR"))
                .containsExactly("3-7", "7-10", "10-12");
    }

    @Test
    void shouldKnowTheStructuresOfAnOldVersion() {
        assertThat(groups("ORM_O01", "2.3", "ORDER", "MSH PID ORC OBR NTE ORC OBR"))
                .containsExactly("2-5", "5-7");
    }

    @Test
    void shouldLeaveWhatIsUnknownWhereItStands() {
        assertThat(groups("ORU_R01", "2.5.1", "OBSERVATION", "MSH ZZZ PID OBR OBX ZOB OBX AL1"))
                .containsExactly("4-6", "6-8");
    }

    @Test
    void shouldNotPartAResultFromItsPatientByASegmentInTheWrongOrder() {
        assertThat(groups("ORU_R01", "2.3", "RESPONSE", "MSH PID PV1 PD1 ORC OBR OBX"))
                .containsExactly("1-7");
        assertThat(groups("ORU_R01", "2.5.1", "PATIENT_RESULT", "MSH PID ORC OBR PV1 OBX PD1 OBX"))
                .containsExactly("1-8");
    }

    @Test
    void shouldTellTheFieldsOfASegment() {
        SegmentDefinition pid = DEFINITIONS.segment("PID", "2.5.1").orElseThrow();

        assertThat(pid.fields()).hasSize(39);
        assertThat(pid.field(3).orElseThrow().dataType()).isEqualTo("CX");
        assertThat(pid.field(3).orElseThrow().name()).isEqualTo("Patient Identifier List");
        assertThat(pid.field(40)).isEmpty();
        assertThat(DEFINITIONS.segment("ZPD", "2.5.1")).isEmpty();
        assertThat(DEFINITIONS.structure("ORU_R99", "2.5.1")).isEmpty();
    }

    private static List<String> groups(String structure, String version, String group, String names) {
        StructureNode node = DEFINITIONS.structure(structure, version).orElseThrow();
        return GroupMatcher.match(node, List.of(names.split(" "))).stream()
                .filter(each -> each.group().name().equals(group))
                .map(each -> each.from() + "-" + each.to())
                .toList();
    }
}
