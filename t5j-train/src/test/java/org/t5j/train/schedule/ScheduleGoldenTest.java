package org.t5j.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.t5j.core.T5Exception;

/** Every schedule against the rates that Hugging Face's implementation used, and T5's against its formula. */
class ScheduleGoldenTest {
    private static final String OLD = "lr_schedules.json";
    private static final String NEW = "lr_schedules_443.json";

    @TestFactory
    java.util.List<DynamicTest> ratesAreThoseOfTheReference() {
        return java.util.List.of(
                golden(OLD, "constant", new ConstantSchedule(1)),
                golden(OLD, "constant_with_warmup(warmup=13)", new ConstantWithWarmupSchedule(1, 13)),
                golden(OLD, "linear(warmup=13,total=93)", new LinearSchedule(1, 13, 93)),
                golden(OLD, "linear(warmup=0,total=93)", new LinearSchedule(1, 0, 0).over(93)),
                golden(OLD, "cosine(warmup=13,total=93)", new CosineSchedule(1, 13, 0, 0).over(93)),
                golden(
                        OLD,
                        "cosine_hard_restarts(warmup=13,total=93,cycles=3)",
                        new CosineWithRestartsSchedule(1, 13, 0, 3).over(93)),
                golden(
                        OLD,
                        "polynomial(warmup=13,total=93,lr_end=1e-7,power=1.0,base_lr=1e-3)",
                        new PolynomialSchedule(1e-3, 13, 0, 1e-7, 1).over(93)),
                golden(
                        OLD,
                        "polynomial(warmup=13,total=93,lr_end=1e-4,power=2.0,base_lr=1e-3)",
                        new PolynomialSchedule(1e-3, 13, 93, 1e-4, 2).over(1000)),
                golden(NEW, "hf_inverse_sqrt(warmup=10,timescale=warmup)", new InverseSqrtSchedule(1, 10)),
                golden(NEW, "hf_inverse_sqrt(warmup=100,timescale=warmup)", new InverseSqrtSchedule(1, 100)),
                golden(NEW, "t5_rsqrt(k=10000): 1/sqrt(max(step,10000)) at steps", new RsqrtSchedule(1, 10_000)));
    }

    private static DynamicTest golden(String file, String key, Schedule schedule) {
        return DynamicTest.dynamicTest(key, () -> {
            JsonNode rates = read(file).path("schedules").path(key);
            assertThat(rates.size()).isPositive();
            for (int i = 0; i < rates.size(); i++) {
                boolean pair = rates.get(i).isArray();
                long step = pair ? rates.get(i).get(0).asLong() : i;
                double expected = (pair ? rates.get(i).get(1) : rates.get(i)).asDouble();
                assertThat(schedule.learningRate(step)).as("step %d", step).isCloseTo(expected, within(1e-15));
            }
        });
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream in = ScheduleGoldenTest.class.getResourceAsStream("/golden/optim/" + file)) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void aScheduleThatEndsBeforeItsWarmUpIsRefused() {
        assertThatThrownBy(() -> new LinearSchedule(1, 100, 50))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("totalSteps must exceed warmupSteps 100")
                .hasMessageContaining("found 50");
    }

    @Test
    void everyScheduleHasDefaultsAndNothingNegative() throws ReflectiveOperationException {
        for (Class<? extends Schedule> type : Schedules.byName().values()) {
            Schedule schedule = ((Schedule) type.getMethod("defaults").invoke(null)).over(100_000);
            for (long step : new long[] {0, 1, 999, 10_000, 99_999, 200_000}) {
                assertThat(schedule.learningRate(step))
                        .as("%s at %d", type, step)
                        .isNotNegative();
            }
        }
    }
}
