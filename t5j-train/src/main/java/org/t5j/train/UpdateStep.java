package org.t5j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Model;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.Parameter;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.Batches;
import org.t5j.train.batch.ModelBatch;
import org.t5j.train.optim.GradientClipping;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.schedule.Schedule;

/**
 * One update of a {@link Trainer}: gradients of {@code gradAcc} batches, as of one batch of all their examples, clipped and
 * applied, unless the {@link UpdateGuard} refuses it.
 *
 * @param schedule over all steps of the run
 * @param seconds of the run until now
 */
record UpdateStep(
        T5Model model,
        Optimizer optimizer,
        Schedule schedule,
        Batches batches,
        TrainerOptions options,
        DoubleSupplier seconds) {

    /** Makes the update that follows {@code state}; the model stays as it is where the report says that it is skipped. */
    StepReport after(TrainingState state) {
        List<Batch> micro = new ArrayList<>();
        long asked = System.nanoTime();
        for (int i = 0; i < options.gradAcc(); i++) {
            micro.add(batches.next());
        }
        double dataSeconds = (System.nanoTime() - asked) * 1e-9;
        List<T5Batch> read = micro.stream()
                .map(batch -> ModelBatch.of(model.config(), batch))
                .toList();
        int targets = read.stream()
                .mapToInt(batch -> model.losses(batch, options.lossOnInputs()))
                .sum();
        CrossEntropy.Sums sums = CrossEntropy.Sums.ZERO;
        model.zeroGradients();
        for (int i = 0; i < read.size(); i++) {
            sums = sums.plus(model.forwardBackward(read.get(i), options.pass(state.step(), i, targets)));
        }
        double norm = GradientClipping.globalNorm(model.parameters(), model.kernels());
        double rate = schedule.learningRate(state.scheduleOffset() + state.step());
        StepReport report = report(state, micro, targets, sums, optimizer.learningRate(rate), norm, dataSeconds);
        return report.skipped() ? report : apply(report, rate);
    }

    private StepReport apply(StepReport report, double rate) {
        if (options.gradClip() > 0) {
            GradientClipping.clipInPlace(
                    model.parameters(), model.kernels(), report.gradientNorm(), options.gradClip());
        }
        optimizer.step(model.parameters(), rate);
        long every = options.parameterNormEverySteps();
        return every > 0 && report.step() % every == 0 ? report.withParameterNorm(parameterNorm()) : report;
    }

    private double parameterNorm() {
        double sum = 0;
        for (Parameter parameter : model.parameters()) {
            sum += model.kernels().sumOfSquares(parameter.value());
        }
        return Math.sqrt(sum);
    }

    private StepReport report(
            TrainingState state,
            List<Batch> micro,
            int targets,
            CrossEntropy.Sums sums,
            double rate,
            double norm,
            double dataSeconds) {
        double loss = sums.loss() / targets;
        return new StepReport(
                state.step() + 1,
                loss,
                sums.negativeLogLikelihood() / targets,
                rate,
                norm,
                micro.stream().mapToInt(Batch::examples).sum(),
                micro.stream().mapToInt(Batch::inputTokens).sum(),
                micro.stream().mapToInt(batch -> batch.inputIds().length).sum(),
                targets,
                micro.stream().mapToInt(batch -> batch.labels().length).sum(),
                seconds.getAsDouble(),
                dataSeconds,
                options.guard().refuses(loss, norm, state.skipped()),
                Double.NaN);
    }
}
