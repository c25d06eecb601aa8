package org.t5j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Tensor;

/** What a profile counts, and that what it is put around computes as before. */
class KernelProfileTest {

    @Test
    void countsCallsWorkAndMemoryOfAMatrixProduct() {
        KernelProfile profile = new KernelProfile();
        try (Kernels kernels = profile.around(KernelSets.chosen())) {
            Tensor a = kernels.backend().allocateTensor(5, 2);
            Tensor b = kernels.backend().allocateTensor(5, 3);
            Tensor out = kernels.backend().allocateTensor(2, 3);
            kernels.fill(a, 2f);
            kernels.fill(b, 3f);
            profile.clear();
            kernels.matmul(a, true, b, false, 1f, 0f, out);
            kernels.matmul(a, true, b, false, 1f, 1f, out);

            assertThat(kernels.backend().toArray(out)).containsOnly(60f);
            KernelProfile.Cost cost = profile.costs().get("matmul");
            assertThat(cost.calls()).isEqualTo(2);
            assertThat(cost.flops()).isEqualTo(2 * 2.0 * 2 * 3 * 5);
            assertThat(cost.bytes()).isEqualTo(2 * 4.0 * (10 + 15 + 6));
            assertThat(cost.elements()).isEqualTo(2 * 15);
            assertThat(cost.nanos()).isPositive();
            assertThat(profile.total()).isEqualTo(cost);
        }
    }

    @Test
    void aFailureOfAKernelComesThroughAsItIs() {
        try (Kernels kernels = new KernelProfile().around(KernelSets.chosen())) {
            Tensor a = kernels.backend().allocateTensor(5, 2);
            Tensor other = kernels.backend().allocateTensor(7, 3);
            assertThatThrownBy(() -> kernels.matmul(a, false, other, false, 1f, 0f, a))
                    .isInstanceOf(RuntimeException.class)
                    .isNotInstanceOf(UndeclaredThrowableException.class);
        }
    }

    @Test
    void aTrainingStepCountsAtLeastTheWorkOfTheFormula() {
        TrainingWork work = new TrainingWork("tiny", 2, 16, 8, 16, 16, 0.1f, "adafactor");
        KernelProfile profile = new KernelProfile();
        try (TrainingRun run = new TrainingRun(work, profile.around(KernelSets.chosen()))) {
            run.step();
        }
        assertThat(profile.total().flops() / work.matmulFlops()).isBetween(0.999, 1.2);
    }

    @Test
    void aComparisonTimesEveryImplementationAtTheSameSizes() {
        TrainingWork work = new TrainingWork("tiny", 2, 16, 8, 16, 16, 0.1f, "adafactor");
        Map<String, Supplier<Kernels>> sets = new LinkedHashMap<>();
        sets.put("reference", KernelSets::chosen);
        sets.put("candidate", KernelSets::chosen);
        StringWriter table = new StringWriter();
        ObjectNode json = new KernelComparison(work, 1, 0, 2).run(sets, new PrintWriter(table));
        assertThat(json.get("us_per_call")).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("reference").asDouble()).isPositive();
            assertThat(row.get("candidate").asDouble()).isPositive();
        });
        assertThat(table.toString().lines().filter(line -> line.startsWith("crossEntropyInPlace 16x8192")))
                .hasSize(2)
                .anyMatch(line -> line.contains("reference") && line.endsWith("1.00"))
                .anyMatch(line -> line.contains("candidate"));
    }
}
