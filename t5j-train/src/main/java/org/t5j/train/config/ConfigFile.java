package org.t5j.train.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.t5j.core.T5Exception;

/**
 * Reads configuration records from YAML or JSON files ({@code .json}) and from {@code key.path=value} settings, and
 * writes them.
 *
 * @param <T> the record
 */
public final class ConfigFile<T extends Record> {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern PLACE = Pattern.compile(" in 'reader', line (\\d+)");

    private final Class<T> type;
    private final ConfigSchema schema;

    /**
     * @param type the record at the root
     * @param schema that begins at {@code type}
     */
    public ConfigFile(Class<T> type, ConfigSchema schema) {
        this.type = type;
        this.schema = schema;
    }

    /**
     * The configuration in a file, changed by settings. Relative paths in the file start from its directory, those in
     * settings from the working directory.
     *
     * @param settings {@code key.path=value}, the value in YAML; later ones win
     * @throws ConfigException naming file, key and remedy where something does not fit
     */
    public T load(Path file, List<String> settings) {
        return bind(read(file), file.toString(), file.toAbsolutePath().getParent(), settings);
    }

    /** A configuration made of defaults and settings alone; relative paths start from the working directory. */
    public T ofSettings(List<String> settings) {
        return bind(
                JsonNodeFactory.instance.objectNode(),
                "the settings",
                Path.of("").toAbsolutePath(),
                settings);
    }

    /**
     * A setting for {@link #load} or {@link #ofSettings}, quoted where YAML needs it. A relative path starts from the
     * working directory.
     *
     * @param key such as {@code optim.totalSteps}
     * @param value a text, number, boolean, enum constant, path or null, or a list or map of such
     */
    public String setting(String key, Object value) {
        return key + "=" + new RecordTree(schema).of(value);
    }

    /** All values that are not null, defaults included, as YAML. */
    public String toYaml(T config) {
        try {
            return YAML.writeValueAsString(toTree(config));
        } catch (JsonProcessingException e) {
            throw new T5Exception("Cannot write the configuration: " + e.getOriginalMessage(), e);
        }
    }

    /** All values that are not null, defaults included. */
    public JsonNode toTree(T config) {
        return new RecordTree(schema).of(config);
    }

    private T bind(ObjectNode tree, String name, Path directory, List<String> settings) {
        checkNames(tree, new ConfigOrigin(name, directory, Set.of()));
        Set<String> overridden = new LinkedHashSet<>();
        for (String setting : settings) {
            overridden.add(Setting.parse(setting, YAML).applyTo(tree));
        }
        ConfigOrigin origin = new ConfigOrigin(name, directory, overridden);
        schema.fileNames().makeAbsolute(tree, origin);
        RecordBinder binder = new RecordBinder(schema, origin);
        return type.cast(binder.bind(tree, type, "", null));
    }

    /** Refuses misspelt names at the root also where a setting replaces them, as a command does with its own. */
    private void checkNames(ObjectNode tree, ConfigOrigin origin) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isEnum() && tree.hasNonNull(component.getName())) {
                new ScalarBinder(origin).bind(tree.get(component.getName()), component.getType(), component.getName());
            }
        }
    }

    /** What a parser says, on one line and without the text around the place. */
    static String problem(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining(": "));
    }

    /** SnakeYAML names two places, where something began and where it went wrong; the second helps. */
    private static String line(JsonProcessingException e) {
        Optional<String> said = PLACE.matcher(e.getOriginalMessage())
                .results()
                .map(place -> place.group(1))
                .reduce((began, wentWrong) -> wentWrong);
        return said.or(() -> Optional.ofNullable(e.getLocation()).map(at -> String.valueOf(at.getLineNr())))
                .map(line -> ", line " + line)
                .orElse("");
    }

    private static ObjectNode read(Path file) {
        ObjectMapper mapper = file.toString().endsWith(".json") ? JSON : YAML;
        try {
            JsonNode tree = mapper.readTree(Files.readString(file));
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new ConfigException(
                    file + ": the file must hold keys and values, found " + ConfigOrigin.quoted(tree));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + line(e) + ": " + problem(e), e);
        } catch (CharacterCodingException e) {
            throw new ConfigException(
                    "The configuration file " + file + " is not text in UTF-8; convert it, for example with iconv -f"
                            + " LATIN1 -t UTF-8 IN > OUT",
                    e);
        } catch (IOException e) {
            throw new ConfigException(
                    "Cannot read the configuration file " + file + ": is it there, and is it text? (" + e.getMessage()
                            + ")",
                    e);
        }
    }
}
