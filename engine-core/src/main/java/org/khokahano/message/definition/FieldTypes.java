package org.khokahano.message.definition;

import java.util.List;
import java.util.Optional;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.DataTypeDefinition.Component;

/**
 * The data types that HL7's versions give a place: old versions and new ones give a field other types, and a field
 * whose type depends on another one, as OBX-5, may have any. Safe for several threads.
 */
public final class FieldTypes {
    private final Hl7Definitions definitions;

    public FieldTypes(Hl7Definitions definitions) {
        this.definitions = definitions;
    }

    /**
     * A data type in one version.
     *
     * @param isOpen whether its components are not known, as where another field says what the type is
     * @param parts its components; none of a type that has only a value
     */
    public record FieldType(String name, String version, boolean isOpen, List<Component> parts) {
        public int components() {
            return parts.size();
        }
    }

    /** The type of the path's field in each version that has the field. */
    public List<FieldType> ofField(MessagePath path) {
        return Hl7Definitions.versions().stream()
                .flatMap(version -> ofField(path, version).stream())
                .toList();
    }

    /** The type of the path's field in one version. */
    public Optional<FieldType> ofField(MessagePath path, String version) {
        return definitions
                .segment(path.segment(), version)
                .flatMap(segment -> segment.field(path.field()))
                .map(FieldDefinition::dataType)
                .map(name -> typeOf(name, version));
    }

    /** The types of a component; none where no version has it. */
    public List<FieldType> ofComponent(List<FieldType> types, int component) {
        return types.stream().flatMap(type -> part(type, component).stream()).toList();
    }

    /** Whether any version has the place; segments of a site's own, which begin with Z, may have any. */
    public boolean has(MessagePath path) {
        if (path.segment().startsWith("Z")) {
            return true;
        }
        if (path.field() == 0) {
            return Hl7Definitions.versions().stream()
                    .anyMatch(version ->
                            definitions.segment(path.segment(), version).isPresent());
        }
        List<FieldType> types = ofField(path);
        return !types.isEmpty() && (path.component() == 0 || lackingDepth(path, types) == 0);
    }

    /**
     * Which part of a path no version has.
     *
     * @param types of its field
     * @return 1 for its component, 2 for its subcomponent, 0 where all is there
     */
    public int lackingDepth(MessagePath path, List<FieldType> types) {
        if (lacks(types, path.component())) {
            return 1;
        }
        List<FieldType> parts = ofComponent(types, path.component());
        return !parts.isEmpty() && lacks(parts, path.subcomponent()) ? 2 : 0;
    }

    private static boolean lacks(List<FieldType> types, int part) {
        int most = types.stream().mapToInt(FieldType::components).max().orElse(0);
        return types.stream().noneMatch(FieldType::isOpen) && part > Math.max(1, most);
    }

    private Optional<FieldType> part(FieldType type, int component) {
        if (type.components() == 0) {
            // What was one value has become the first component of a composite type.
            return component == 1 ? Optional.of(type) : Optional.empty();
        }
        return component > type.components()
                ? Optional.empty()
                : Optional.of(typeOf(type.parts().get(component - 1).dataType(), type.version()));
    }

    private FieldType typeOf(String name, String version) {
        Optional<DataTypeDefinition> defined = definitions.dataType(name, version);
        return new FieldType(
                name,
                version,
                defined.isEmpty(),
                defined.map(DataTypeDefinition::components).orElse(List.of()));
    }
}
