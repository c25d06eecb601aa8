package org.t5j.data.dataset;

import java.util.ArrayList;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/**
 * What a training run draws its examples from: one dataset, or several at rates.
 *
 * @param parts at least one, with distinct names
 */
public record TrainingData(List<Part> parts) {

    /**
     * A dataset and how often it is drawn from, relative to the others.
     *
     * @param rate above 0
     */
    public record Part(Dataset dataset, double rate) {
        public Part {
            DataException.check(
                    rate > 0 && rate < Double.POSITIVE_INFINITY,
                    "The rate of '%s' is %s, but must be above 0.",
                    dataset.name(),
                    rate);
        }
    }

    public TrainingData {
        parts = List.copyOf(parts);
        DataException.check(!parts.isEmpty(), "There is nothing to train on. Name at least one dataset.");
        long distinct =
                parts.stream().map(part -> part.dataset().name()).distinct().count();
        DataException.check(
                distinct == parts.size(),
                "Two datasets of a mixture have the same name. Give them names of their own.");
    }

    /** One dataset: a task's or a corpus. */
    public static TrainingData of(Dataset dataset) {
        return new TrainingData(List.of(new Part(dataset, 1)));
    }

    /** A task's training split. */
    public static TrainingData load(Task task, Tokenizer tokenizer) {
        return of(TaskDataset.load(task, Task.TRAIN, tokenizer));
    }

    /** The training splits of a mixture's tasks, at their rates. */
    public static TrainingData load(Mixture mixture, Tokenizer tokenizer) {
        List<Part> parts = new ArrayList<>();
        for (Mixture.Member member : mixture.members()) {
            Dataset dataset = TaskDataset.load(member.task(), Task.TRAIN, tokenizer);
            parts.add(new Part(dataset, member.rate().rate(dataset.examples())));
        }
        return new TrainingData(parts);
    }

    /** Length of any inputs at most. */
    public int inputLength() {
        return parts.stream()
                .mapToInt(part -> part.dataset().inputLength())
                .max()
                .orElseThrow();
    }

    /** Length of any targets at most. */
    public int targetLength() {
        return parts.stream()
                .mapToInt(part -> part.dataset().targetLength())
                .max()
                .orElseThrow();
    }
}
