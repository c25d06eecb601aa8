package org.t5j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Model;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.Parameter;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.dataset.TrainingData;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.schedule.ConstantSchedule;

/** The loop on plain ids: accumulation, clipping, dropout, and learning. */
class TrainerTest {
    private static TrainerOptions options(long steps, int gradAcc, double clip, float dropout) {
        return new TrainerOptions(steps, gradAcc, clip, 0, 0, new CrossEntropy(0.1f, 1e-3f), dropout, false, 3);
    }

    /** Trains a fresh model on the copies; the reports of all updates, and the parameters at the end. */
    private static List<float[]> train(int batchSize, TrainerOptions options, List<StepReport> reports) {
        return train(new BatchConfig(batchSize, 1L, 1, 0, 2), options, reports);
    }

    private static List<float[]> train(BatchConfig batches, TrainerOptions options, List<StepReport> reports) {
        TrainingData data = TrainingData.of(new Copies());
        try (T5Model model = T5Model.create(Fixtures.SHAPE, 1);
                Optimizer optimizer = AdamWConfig.defaults().create(model.kernels());
                BatchStream stream = BatchStream.open(data, batches, DataPosition.start())) {
            new Trainer(model, optimizer, new ConstantSchedule(0.01), stream, options, TrainingState.start())
                    .listener(new TrainingListener() {
                        @Override
                        public void stepped(StepReport report) {
                            reports.add(report);
                        }
                    })
                    .run();
            List<float[]> values = new ArrayList<>();
            for (Parameter parameter : model.parameters()) {
                values.add(model.backend().toArray(parameter.value()));
            }
            return values;
        }
    }

    @Test
    void accumulatedBatchesMakeTheUpdateOfOneBigBatch() {
        List<StepReport> big = new ArrayList<>();
        List<StepReport> accumulated = new ArrayList<>();
        train(8, options(2, 1, 0.5, 0), big);
        train(2, options(2, 4, 0.5, 0), accumulated);
        for (int i = 0; i < 2; i++) {
            assertThat(accumulated.get(i).targetTokens()).isEqualTo(big.get(i).targetTokens());
            assertThat(accumulated.get(i).examples()).isEqualTo(8);
            assertThat(accumulated.get(i).loss()).isCloseTo(big.get(i).loss(), within(1e-5));
            assertThat(accumulated.get(i).gradientNorm())
                    .isCloseTo(
                            big.get(i).gradientNorm(), within(1e-4 * big.get(i).gradientNorm()));
        }
    }

    @Test
    void theLossIsTheMeanOverTargetsAndFallsWithTraining() {
        List<StepReport> reports = new ArrayList<>();
        train(16, options(150, 1, 1, 0), reports);
        assertThat(reports.get(0).negativeLogLikelihood()).isBetween(2.0, 8.0);
        assertThat(reports.get(0).loss()).isGreaterThan(reports.get(0).negativeLogLikelihood());
        assertThat(reports.get(149).negativeLogLikelihood()).isLessThan(0.5);
        assertThat(reports.get(149).step()).isEqualTo(150);
    }

    @Test
    void dropoutIsTheSameForTheSameStepAndOtherForOtherMicroBatches() {
        List<StepReport> once = new ArrayList<>();
        List<StepReport> again = new ArrayList<>();
        List<StepReport> without = new ArrayList<>();
        List<float[]> first = train(4, options(3, 2, 1, 0.3f), once);
        List<float[]> second = train(4, options(3, 2, 1, 0.3f), again);
        train(4, options(3, 2, 1, 0), without);
        assertThat(again)
                .extracting(StepReport::loss)
                .isEqualTo(once.stream().map(StepReport::loss).toList());
        assertThat(once.get(0).loss()).isNotEqualTo(without.get(0).loss());
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).isEqualTo(first.get(i));
        }
    }

    /** A window of one example takes them in the order of the stream, as rows of one example each have them. */
    @Test
    void packedRowsMakeTheUpdateOfTheirExamples() {
        List<StepReport> reports = new ArrayList<>();
        train(new BatchConfig(5, 1L, 1, 0, 2).packed(1), options(1, 1, 0.5, 0), reports);
        StepReport packed = reports.get(0);
        assertThat(packed.examples()).isBetween(6, 15);
        train(packed.examples(), options(1, 1, 0.5, 0), reports);
        StepReport padded = reports.get(1);
        assertThat(packed.targetTokens()).isEqualTo(padded.targetTokens());
        assertThat(packed.loss()).isCloseTo(padded.loss(), within(1e-5));
        assertThat(packed.gradientNorm()).isCloseTo(padded.gradientNorm(), within(1e-5 * padded.gradientNorm()));
        assertThat(packed.inputUtilisation()).isEqualTo(packed.inputTokens() / 40.0);
        assertThat(packed.targetUtilisation()).isEqualTo(packed.targetTokens() / 40.0);
        assertThat(padded.inputUtilisation()).isEqualTo(padded.inputTokens() / 8.0 / padded.examples());
        assertThat(padded.dataSeconds()).isBetween(0.0, padded.seconds());
    }
}
