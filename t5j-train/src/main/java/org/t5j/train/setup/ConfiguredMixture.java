package org.t5j.train.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.core.NearestName;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Ingredient;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.MixtureConfig;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskRegistry;
import org.t5j.data.task.study.StudyMixtures;
import org.t5j.train.config.ConfigException;

/**
 * How the tasks of a configuration are mixed.
 *
 * @param tasks all of them, those that only evaluate included
 * @param mixture what is trained on; null to learn every task in proportion to its examples
 * @param smaller mixtures that {@code mixture} may name, and each those before it
 */
record ConfiguredMixture(List<Task> tasks, MixtureConfig mixture, List<MixtureConfig> smaller) {

    /** The tasks without the corpus. */
    Mixture ofTasks() {
        return mixture == null ? bySize(learntTasks()) : mixed();
    }

    /** The tasks and the corpus. */
    Mixture withCorpus() {
        if (mixture == null) {
            List<Ingredient> all = new ArrayList<>(List.of(new Corpus()));
            tasks.stream().filter(ConfiguredMixture::isLearnt).forEach(all::add);
            return bySize(all);
        }
        Mixture mixed = mixed();
        if (mixed.leaves().stream().noneMatch(Corpus.class::isInstance)) {
            throw new ConfigException("data.mixture does not draw from the corpus of data.files; name it " + Corpus.NAME
                    + " in rates or proportional, or set mode: FINETUNE to train on the tasks alone");
        }
        return mixed;
    }

    /** Whether a task is trained on, or only evaluated. */
    static boolean isLearnt(Task task) {
        return task.splits().contains(Task.TRAIN);
    }

    private List<Task> learntTasks() {
        List<Task> learnt = tasks.stream().filter(ConfiguredMixture::isLearnt).toList();
        if (learnt.isEmpty()) {
            throw new ConfigException("none of the tasks of data.tasks and data.study has files to train on; "
                    + "give at least one its 'train'");
        }
        return learnt;
    }

    private static Mixture bySize(List<? extends Ingredient> parts) {
        return Mixture.of(
                "all", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1), parts.toArray(new Ingredient[0]));
    }

    private Mixture mixed() {
        TaskRegistry known = new TaskRegistry().add(new Corpus());
        tasks.forEach(known::add);
        smaller.forEach(each -> known.add(mixed(each, known)));
        return mixed(mixture, known);
    }

    /** The mixture; if it names mixtures of the study, those are made of the known tasks. */
    private static Mixture mixed(MixtureConfig config, TaskRegistry known) {
        List<String> parts = Stream.concat(config.rates().keySet().stream(), config.proportional().stream())
                .toList();
        parts.forEach(part -> requireKnown(part, config.name(), known));
        parts.stream()
                .filter(part -> StudyMixtures.names().contains(part))
                .filter(part -> !known.mixtureNames().contains(part))
                .forEach(part ->
                        known.add(StudyMixtures.mixture(part, config.maximum(), StudyMixtures.CORPUS_RATE, known)));
        return config.toMixture(known);
    }

    private static void requireKnown(String part, String mixture, TaskRegistry known) {
        List<String> declared = new ArrayList<>(known.taskNames());
        declared.addAll(known.mixtureNames());
        declared.add(Corpus.NAME);
        List<String> all = new ArrayList<>(declared);
        all.addAll(StudyMixtures.names());
        if (!all.contains(part)) {
            throw new ConfigException("data: mixture \"" + mixture + "\" names \"" + part + "\""
                    + NearestName.quotedQuestion(all, part) + " There are " + String.join(", ", declared)
                    + ", mixtures of data.mixtures that stand above it, and the mixtures of the study");
        }
    }
}
