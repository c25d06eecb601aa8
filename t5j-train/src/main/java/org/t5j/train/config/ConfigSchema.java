package org.t5j.train.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.t5j.core.T5Exception;

/**
 * What a configuration file may hold: a record, whose components are its keys and whose static {@code defaults()} gives
 * the values of keys that are left out, and the records that may stand where a component is an interface.
 *
 * <p>Components are primitives and their boxes, strings, paths, enums, lists, maps from strings, records, and interfaces
 * with variants. A variant is written as a section whose key {@code name} says which record it is, or as that name alone.
 */
public final class ConfigSchema {
    /** The key that names a variant. */
    static final String NAME = "name";

    private final Class<? extends Record> root;
    private final Map<Class<?>, Map<String, ? extends Class<?>>> variants = new LinkedHashMap<>();
    private final Map<Class<?>, Map<String, String>> documentation = new LinkedHashMap<>();
    private FileNames fileNames = FileNames.NONE;

    /** A schema without variants, which begins at {@code root}. */
    public ConfigSchema(Class<? extends Record> root) {
        this.root = root;
    }

    /** Where a component is of type {@code type}, one of these records may stand. */
    public <T> ConfigSchema variants(Class<T> type, Map<String, Class<? extends T>> byName) {
        variants.put(type, byName);
        return this;
    }

    /** The texts of a record that has no {@link Doc} on its components. */
    public ConfigSchema documentation(Class<? extends Record> type, Map<String, String> texts) {
        documentation.put(type, texts);
        return this;
    }

    /**
     * At these keys stand names of files or globs, which are made absolute as paths are.
     *
     * @param directoryKey key of a directory that relative names start from where it is set; empty where there is none
     * @param keys a pattern of all keys, without the numbers of elements, such as {@code data[.]tasks[.](train|test)}
     */
    public ConfigSchema fileNames(String directoryKey, String keys) {
        fileNames = new FileNames(directoryKey, Pattern.compile(keys));
        return this;
    }

    FileNames fileNames() {
        return fileNames;
    }

    Class<? extends Record> root() {
        return root;
    }

    boolean hasVariants(Class<?> type) {
        return variants.containsKey(type);
    }

    Map<String, ? extends Class<?>> variantsOf(Class<?> type) {
        return variants.get(type);
    }

    /** The name under which a record is a variant, or null where it is none. */
    String nameOf(Class<?> type) {
        return variants.values().stream()
                .flatMap(byName -> byName.entrySet().stream())
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    String documentationOf(Class<?> type, String component) {
        return documentation.getOrDefault(type, Map.of()).get(component);
    }

    /** The instance that {@code type.defaults()} gives, or null where there is no such method. */
    static Object defaultsOf(Class<?> type) {
        try {
            return type.getMethod("defaults").invoke(null);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new T5Exception("The defaults of " + type.getSimpleName() + " cannot be made: " + e.getCause(), e);
        }
    }
}
