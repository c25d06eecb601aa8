package org.t5j.train.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.objective.Objective;
import org.t5j.data.objective.Objectives;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.Evaluator;
import org.t5j.train.evaluate.LossEvaluation;
import org.t5j.train.evaluate.TaskEvaluation;

/**
 * What a model learns and is scored by.
 *
 * @param data to draw batches from
 * @param evaluator for the splits that are not trained on
 */
public record Learning(TrainingData data, Evaluator evaluator) {
    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

    /** What a configuration says: a corpus with an objective, alone or mixed with tasks, or tasks. */
    public static Learning of(TrainConfig config, Tokenizer tokenizer) {
        return config.mode() == TrainConfig.Mode.PRETRAIN
                ? pretraining(config, tokenizer)
                : tasks(config, config.data().taskMixture(), tokenizer);
    }

    private static Learning pretraining(TrainConfig config, Tokenizer tokenizer) {
        Objective objective = Objectives.create(config.objective(), tokenizer);
        TrainingData corpus = TrainingData.of(config.data().corpus(objective, tokenizer));
        List<Evaluation> evaluations = new ArrayList<>();
        if (!config.data().validationFiles().isEmpty()) {
            EvalBatches batches = EvalBatches.ofDataset(
                    config.data().validationCorpus(objective, tokenizer),
                    config.seed(),
                    config.eval().batchSize(),
                    config.eval().examples());
            evaluations.add(new LossEvaluation("validation", batches));
        }
        if (config.data().tasks().isEmpty()) {
            return new Learning(corpus, Evaluator.of(evaluations, config.eval().metric()));
        }
        Mixture mixture = config.data().pretrainingMixture();
        evaluations.addAll(evaluations(config, mixture, tokenizer));
        return mixed(config, TrainingData.load(mixture, tokenizer, Map.of(Corpus.NAME, corpus)), evaluations);
    }

    /** The tasks of a mixture, which may be made in Java instead of the configuration's. */
    public static Learning tasks(TrainConfig config, Mixture mixture, Tokenizer tokenizer) {
        List<Evaluation> evaluations = evaluations(config, mixture, tokenizer);
        return mixed(config, TrainingData.load(mixture, tokenizer), evaluations);
    }

    private static Learning mixed(TrainConfig config, TrainingData data, List<Evaluation> evaluations) {
        data.parts().forEach(part -> warnOfTrimming(part.dataset()));
        return new Learning(data, Evaluator.of(evaluations, config.eval().metric()));
    }

    /** Of the validation splits of a mixture's tasks. */
    private static List<Evaluation> evaluations(TrainConfig config, Mixture mixture, Tokenizer tokenizer) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (Task task : mixture.tasks()) {
            if (task.splits().contains(Task.VALIDATION)) {
                evaluations.add(new TaskEvaluation(
                        task,
                        Task.VALIDATION,
                        tokenizer,
                        config.eval().batchSize(),
                        config.eval().examples(),
                        config.eval().beams()));
            }
        }
        return evaluations;
    }

    private static void warnOfTrimming(Dataset dataset) {
        if (dataset instanceof TaskDataset task && !task.statistics().isComplete()) {
            LOG.warn(
                    "Task {}: {}. Raise inputLength or targetLength to keep them whole.",
                    task.name(),
                    task.statistics().summary());
        }
    }
}
