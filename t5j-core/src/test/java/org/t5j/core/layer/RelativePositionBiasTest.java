package org.t5j.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The buckets of distances -300 to 300 against those of Hugging Face, for four table sizes in both directions. */
class RelativePositionBiasTest {

    @Test
    void bucketsAreThoseOfHuggingFace() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/golden/tables/relative_buckets.json")) {
            JsonNode tables = new ObjectMapper().readTree(in).get("tables");
            assertThat(tables.size()).isGreaterThanOrEqualTo(8);
            for (JsonNode table : tables) {
                JsonNode expected = table.get("hf");
                assertThat(expected.size()).isEqualTo(601);
                for (int i = 0; i < 601; i++) {
                    int bucket = RelativePositionBias.bucket(
                            i - 300,
                            table.get("bidirectional").asBoolean(),
                            table.get("num_buckets").asInt(),
                            table.get("max_distance").asInt());
                    assertThat(bucket)
                            .as("%s at distance %d", table.get("num_buckets"), i - 300)
                            .isEqualTo(expected.get(i).asInt());
                }
            }
        }
    }
}
