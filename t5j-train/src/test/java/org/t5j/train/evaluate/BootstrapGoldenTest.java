package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.Example;
import org.t5j.data.metric.Metrics;
import org.t5j.data.metric.Resampling;
import org.t5j.data.metric.Scored;

/** Intervals and p-values of corpus scores against those that sacrebleu finds by samples of its own. */
class BootstrapGoldenTest {
    private static JsonNode recorded;

    @BeforeAll
    static void read() throws IOException {
        recorded = new ObjectMapper()
                .readTree(BootstrapGoldenTest.class.getResourceAsStream("/golden/bootstrap/sacrebleu.json"));
    }

    private static Resampling of(String metric, String system) {
        return Metrics.named(metric)
                .resampling(IntStream.range(0, recorded.get(system).size())
                        .mapToObj(i -> {
                            String reference = recorded.get("references").get(i).asText();
                            return new Scored(
                                    Example.of("", reference),
                                    List.of(reference),
                                    recorded.get(system).get(i).asText());
                        })
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bleu", "chrf"})
    void intervalsAndPValuesAreSacrebleusUpToChance(String metric) {
        JsonNode expected = recorded.at("/scores/" + metric);
        Bootstrap bootstrap = new Bootstrap(1, 5000);
        for (int i = 0; i < 2; i++) {
            Resampling system = of(metric, i == 0 ? "first" : "second");
            assertThat(system.scores().get(metric))
                    .isCloseTo(expected.get(i).get("score").asDouble(), within(1e-9));
            Interval interval = Bootstrap.interval(bootstrap.samples(system).get(metric));
            assertThat((interval.high() - interval.low()) / 2)
                    .isCloseTo(expected.get(i).get("ci").asDouble(), within(0.25));
            assertThat((interval.high() + interval.low()) / 2)
                    .isCloseTo(expected.get(i).get("mean").asDouble(), within(0.4));
        }
        PairedDifference difference =
                bootstrap.compare(of(metric, "first"), of(metric, "second")).get(metric);
        double p = expected.get(1).get("two_sided").asDouble();
        assertThat(difference.interval().low())
                .isCloseTo(expected.at("/1/quantiles/0").asDouble(), within(0.3));
        assertThat(difference.interval().high())
                .isCloseTo(expected.at("/1/quantiles/1").asDouble(), within(0.3));
        // five times the error of a share of 5000 samples
        assertThat(difference.pValue()).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / 5000)));
    }
}
