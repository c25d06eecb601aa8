package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.TaskEvaluation;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/**
 * What a configuration is evaluated on: the validation text of pre-training, and a split of every task.
 *
 * @param split of the tasks; null for the test split, or the validation split of tasks that have none
 * @param limit examples of a task at most
 */
record EvaluatedData(TrainConfig config, String split, int limit) {

    private record TaskSplit(Task task, String split) {}

    /**
     * The evaluations, for which data are read only when all tasks are known to have a split.
     *
     * @param cache where the tokens of large files are kept
     */
    List<Evaluation> evaluations(Tokenizer tokenizer, Path cache) {
        List<TaskSplit> splits = splits();
        List<Evaluation> evaluations = new ArrayList<>();
        if (config.mode() == TrainConfig.Mode.PRETRAIN) {
            evaluations.addAll(Learning.heldOut(config, tokenizer, cache));
        }
        splits.forEach(scored -> evaluations.add(evaluation(scored, tokenizer)));
        if (evaluations.isEmpty()) {
            throw new T5Exception(
                    "There is nothing to evaluate on: the configuration names no validation files. Give a task"
                            + " with --test FILE; a task made in Java is known in its program only and scored there");
        }
        return evaluations;
    }

    /** Where a corpus is scored too, tasks may lack a split. */
    private List<TaskSplit> splits() {
        boolean corpus = config.mode() == TrainConfig.Mode.PRETRAIN
                && !config.data().validationFiles().isEmpty();
        List<TaskSplit> splits = new ArrayList<>();
        List<Task> tasks = config.data().allTasks();
        for (int i = 0; i < tasks.size(); i++) {
            Task made = tasks.get(i);
            String wanted = split != null ? split : made.splits().contains(Task.TEST) ? Task.TEST : Task.VALIDATION;
            if (made.splits().contains(wanted)) {
                splits.add(new TaskSplit(made, wanted));
            } else if (split != null || !corpus) {
                throw new T5Exception("Task \"" + made.name() + "\" has no "
                        + (split != null ? split : "test or validation") + " files, only " + made.splits()
                        + "; name them by --set " + key(i) + "." + wanted + "=[FILE], or another --split");
            }
        }
        return splits;
    }

    private String key(int task) {
        int own = config.data().tasks().size();
        return task < own ? "data.tasks." + task : "data.study." + (task - own);
    }

    private TaskEvaluation evaluation(TaskSplit scored, Tokenizer tokenizer) {
        return new TaskEvaluation(
                scored.task(),
                scored.split(),
                tokenizer,
                config.eval().batchSize(),
                limit,
                config.eval().beams());
    }
}
