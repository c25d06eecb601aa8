package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void anAbbreviationMeansWhatItBegins() {
        List<String> names = List.of("rating/loss", "rating/accuracy", "mean");
        assertThat(NearestName.among(names, "rating/acc")).contains("rating/accuracy");
        assertThat(NearestName.among(names, "rating/los")).contains("rating/loss");
        assertThat(NearestName.among(names, "ratng/loss")).contains("rating/loss");
        assertThat(NearestName.among(names, "me")).isEmpty();
    }
}
