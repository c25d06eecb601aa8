package org.t5j.train.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.t5j.core.T5Exception;

/** Writes the reference of a configuration as Markdown: every key with its type, default and meaning. */
public final class ConfigReference {
    private final ConfigSchema schema;
    private final StringBuilder out = new StringBuilder();

    private ConfigReference(ConfigSchema schema) {
        this.schema = schema;
    }

    /** The tables of all sections, without a title. */
    public static String markdown(ConfigSchema schema) {
        ConfigReference reference = new ConfigReference(schema);
        reference.section(schema.root(), "", null);
        return reference.out.toString();
    }

    private void section(Class<?> type, String path, Object given) {
        Object defaults = given != null ? given : ConfigSchema.defaultsOf(type);
        out.append("| key | type | default | meaning |\n|---|---|---|---|\n");
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = defaults == null ? null : RecordTree.valueOf(defaults, component);
            out.append("| `").append(component.getName()).append("` | ");
            out.append(typeName(component)).append(" | ").append(defaultText(component, value));
            out.append(" | ").append(documentation(type, component)).append(" |\n");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = defaults == null ? null : RecordTree.valueOf(defaults, component);
            below(component, path.isEmpty() ? component.getName() : path + "." + component.getName(), value);
        }
    }

    private void below(RecordComponent component, String path, Object value) {
        Class<?> type = element(component);
        if (type.isRecord()) {
            heading("`" + path + "`" + (component.getType() == type ? "" : " (each element)"));
            section(type, path, component.getType() == type ? value : null);
        } else if (schema.hasVariants(type)) {
            for (Map.Entry<String, ? extends Class<?>> variant :
                    schema.variantsOf(type).entrySet()) {
                heading("`" + path + "` with `name: " + variant.getKey() + "`");
                section(variant.getValue(), path, null);
            }
        }
    }

    private void heading(String title) {
        out.append("\n## ").append(title).append("\n\n");
    }

    private String documentation(Class<?> type, RecordComponent component) {
        Doc doc = component.getAnnotation(Doc.class);
        String text = doc != null ? doc.value() : schema.documentationOf(type, component.getName());
        if (text == null) {
            throw new T5Exception(type.getSimpleName() + "." + component.getName() + " has no text: give it a @Doc");
        }
        return text.replace("|", "\\|");
    }

    private String defaultText(RecordComponent component, Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Record) {
            String name = schema.nameOf(value.getClass());
            return name == null ? "" : "`" + name + "`";
        }
        return "`" + new RecordTree(schema).of(value).toString().replace("\"", "") + "`";
    }

    private String typeName(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isRecord() || schema.hasVariants(type)) {
            return "section";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "`" + constant + "`")
                    .collect(Collectors.joining(" or "));
        }
        if (type == Map.class) {
            return "names → " + simpleName(element(component));
        }
        return type == java.util.List.class ? "list of " + simpleName(element(component)) : simpleName(type);
    }

    private static String simpleName(Class<?> type) {
        if (type.isRecord()) {
            return "sections";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "whole number";
            case "double", "Double", "float", "Float" -> "number";
            case "boolean", "Boolean" -> "true or false";
            default -> type.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /** The type of a component, or of the elements of a list or map. */
    private static Class<?> element(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return (Class<?>) arguments[arguments.length - 1];
        }
        return component.getType();
    }
}
