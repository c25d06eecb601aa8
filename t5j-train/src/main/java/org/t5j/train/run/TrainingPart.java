package org.t5j.train.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Model;
import org.t5j.data.batch.BatchStream;
import org.t5j.train.CheckpointSaver;
import org.t5j.train.EarlyStopping;
import org.t5j.train.Trainer;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.listener.ConsoleProgress;
import org.t5j.train.listener.JsonLog;
import org.t5j.train.listener.TensorBoardLog;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.LoggingSection;
import org.t5j.train.setup.OptimSection;
import org.t5j.train.setup.TrainConfig;
import org.t5j.train.transfer.TrainedParameters;

/**
 * A run from its beginning or a checkpoint until it ends or is interrupted, and everybody who is told of it.
 *
 * @param patience when it ends early
 * @param start where the run stands, and with it the model, the optimizer and the average
 */
record TrainingPart(
        TrainConfig config,
        RunDirectory run,
        Learning learning,
        EarlyStopping patience,
        T5Model model,
        TrainedParameters trained,
        Optimizer optimizer,
        WeightAverage average,
        CheckpointSaver saver,
        TrainingState start) {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingPart.class);

    /**
     * Trains on.
     *
     * @param batches those that follow {@code start}
     * @param others told after the log and the progress display
     * @throws TrainingInterruptedException where the process was asked to end
     */
    TrainingResult train(BatchStream batches, List<TrainingListener> others) {
        LastScores scores = new LastScores();
        LoggingSection logging = config.logging();
        try (JsonLog log = JsonLog.open(run.log(), start.step(), logging.everySteps())
                        .examples(logging.examples())
                        .tensorBytes(model.backend()::peakBytes);
                TensorBoardLog events = logging.tensorboard() ? TensorBoardLog.open(run.events(), run.log()) : null;
                ShutdownRequest shutdown = ShutdownRequest.listen()) {
            if (events != null) {
                log.follow(events);
            }
            List<TrainingListener> listeners = new ArrayList<>(List.of(run.guard(), log, scores));
            listeners.addAll(files());
            listeners.addAll(others);
            Trainer trainer = trainer(batches).endWhen(patience).stopWhen(shutdown::requested);
            listeners.forEach(trainer::listener);
            trainer.beforeStep(step -> {
                if (trained.at(step)) {
                    tell(step, listeners);
                }
            });
            tell(start.step(), listeners);
            learning.skipped()
                    .forEach((data, rows) -> listeners.forEach(listener -> listener.skipped(start, data, rows)));
            TrainingState end = trainer.run();
            if (patience.test(end)) {
                tellOfEarlyEnd(end);
            } else if (shutdown.requested() && end.step() < config.optim().totalSteps()) {
                throw new TrainingInterruptedException("Training was interrupted after step " + end.step() + " of "
                        + config.optim().totalSteps() + "; " + run.path() + " holds it. Resume it (--resume) to go on");
            }
            return new TrainingResult(
                    end, run.checkpoint(end.step()), run.best().orElseThrow(), scores.scores);
        }
    }

    private Trainer trainer(BatchStream batches) {
        return new Trainer(
                        model,
                        optimizer,
                        config.schedule(),
                        batches,
                        OptimSection.trainerOptions(config, model.config()),
                        start)
                .average(average)
                .evaluator(learning.evaluator())
                .saver(saver);
    }

    /** What writes files beside the log, or to the terminal, as the configuration says. */
    private List<TrainingListener> files() {
        List<TrainingListener> files = new ArrayList<>();
        if (config.eval().predictions()) {
            files.add(new RunPredictions(run));
        }
        if (config.logging().progress()) {
            files.add(ConsoleProgress.onStandardError());
        }
        if (config.logging().report()) {
            RunReport.writeEnvironment(run, model);
            files.add(RunReport.onEveryCheckpoint(run, model));
        }
        return files;
    }

    private void tell(long step, List<TrainingListener> listeners) {
        LOG.info("Training {}", trained);
        listeners.forEach(listener -> listener.trains(step, trained.count(), trained.all()));
    }

    private void tellOfEarlyEnd(TrainingState end) {
        LOG.info(
                "Ended after step {} of {}: {} was best at step {}, and {} evaluations since were no better. Raise"
                        + " eval.patience to train on",
                end.step(),
                config.optim().totalSteps(),
                end.best().score(),
                end.best().step(),
                config.eval().patience());
    }

    private static final class LastScores implements TrainingListener {
        private Map<String, Double> scores = Map.of();

        @Override
        public void evaluated(EvaluationReport report) {
            scores = new LinkedHashMap<>(report.scores());
        }
    }
}
