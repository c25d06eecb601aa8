package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;

/** Reads recorded cases and compares scores with them. */
final class MetricCases {
    private MetricCases() {}

    /** One result; the example's target is the first of {@code targets}. */
    static Scored scored(List<String> targets, String prediction) {
        return new Scored(Example.of("", targets.get(0)), targets, prediction);
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    /** Results of a case whose targets are texts, or lists of accepted texts. */
    static List<Scored> results(JsonNode recorded) {
        List<Scored> results = new ArrayList<>();
        for (int i = 0; i < recorded.get("targets").size(); i++) {
            JsonNode target = recorded.get("targets").get(i);
            List<String> targets = target.isArray() ? texts(target) : List.of(target.asText());
            results.add(scored(targets, recorded.get("predictions").get(i).asText()));
        }
        return results;
    }

    static void assertScores(Map<String, Double> scores, JsonNode recorded, String what) {
        assertThat(recorded.size()).as(what).isPositive();
        recorded.properties().forEach(score -> assertThat(scores.get(score.getKey()))
                .as("%s: %s", what, score.getKey())
                .isCloseTo(score.getValue().asDouble(), within(1e-9)));
    }

    /** Time of this thread's own work, whatever else the machine does. */
    static double cpuSeconds(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) * 1e-9;
    }
}
