package org.t5j.data.objective;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Settings of objectives as a file would hold them. */
final class Configs {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();

    private Configs() {}

    /** @param settings such as {@code inputLength: 64, noiseDensity: 0.5} */
    static ObjectiveConfig of(String name, String settings) {
        try {
            String comma = settings.isEmpty() ? "" : ", ";
            return MAPPER.readValue("{name: '" + name + "'" + comma + settings + "}", ObjectiveConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(settings, e);
        }
    }
}
