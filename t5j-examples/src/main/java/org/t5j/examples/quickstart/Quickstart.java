package org.t5j.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.data.Example;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskConfig;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.unigram.UnigramTrainer;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.TaskEvaluation;
import org.t5j.train.run.RunDirectory;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingInterruptedException;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.TrainConfig;

/**
 * The whole path on bundled texts: a vocabulary, pre-training by span corruption, fine-tuning on two tasks, evaluation on
 * books that no training saw. Goes on where it was interrupted.
 */
public final class Quickstart {
    /** Name of the report in the output directory. */
    public static final String REPORT = "quickstart.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int SAMPLES = 4;
    private static final int LAST_STEPS = 20;

    private final Path output;
    private final PrintWriter progress;
    private QuickstartPlan plan;

    /** @param plan null for the one that suits the machine */
    Quickstart(Path output, QuickstartPlan plan, PrintWriter progress) {
        this.output = output;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * The quickstart with as many steps as this machine makes in less than ten minutes.
     *
     * @param output where everything is written
     * @param progress where the stages are announced
     */
    public static Quickstart standard(Path output, PrintWriter progress) {
        return new Quickstart(output, null, progress);
    }

    /**
     * Does what is not done yet and writes the report.
     *
     * @throws T5Exception where {@code output} holds a finished quickstart, or files and no plan of a quickstart
     */
    public QuickstartReport run() throws IOException {
        Path report = output.resolve(REPORT);
        if (Files.exists(report)) {
            throw new T5Exception(output + " already holds a finished quickstart (" + REPORT
                    + "); choose another directory with --output, or delete it");
        }
        long started = System.nanoTime();
        plan = QuickstartPlan.keptIn(output, plan);
        announce(1, "texts: five novels and most of the Bible to learn, three books held out");
        TaskFiles.write(output.resolve("data"));
        announce(2, "vocabulary: " + plan.vocabSize() + " pieces");
        Path vocabulary = vocabulary();
        QuickstartConfigs configs = QuickstartConfigs.write(output, plan, vocabulary);
        announce(3, "pre-training by span corruption: " + plan.pretrainSteps() + " steps" + shortened());
        TrainingResult pretrained = train(configs.pretrain(), "pretrain");
        announce(4, "fine-tuning on punctuate and book: " + plan.finetuneSteps() + " steps");
        TrainingResult finetuned = train(configs.finetune(), "finetune");
        announce(5, "evaluation on the held-out books");
        QuickstartReport result = report(configs, pretrained, finetuned, started);
        Path incomplete = output.resolve("." + REPORT + ".incomplete");
        JSON.writeValue(incomplete.toFile(), result);
        Files.move(incomplete, report, StandardCopyOption.ATOMIC_MOVE);
        return result;
    }

    private String shortened() {
        return plan.pretrainSteps() < QuickstartPlan.standard().pretrainSteps()
                ? " (fewer than usual, because this machine is slow or busy; the scores will be lower)"
                : "";
    }

    private void announce(int stage, String what) {
        progress.printf("[%d/5] %s%n", stage, what);
        progress.flush();
    }

    private Path vocabulary() throws IOException {
        Path file = output.resolve("vocabulary.model");
        if (!Files.exists(file)) {
            new UnigramTrainer(TrainerConfig.ofVocabSize(plan.vocabSize()))
                    .train(List.of(output.resolve("data/corpus.txt")))
                    .write(file);
        }
        return file;
    }

    private TrainingResult train(Path config, String run) {
        try {
            return Training.of(TrainConfig.load(config, List.of())).run(output.resolve(run), true);
        } catch (TrainingInterruptedException e) {
            throw new T5Exception("The quickstart was interrupted. The same command goes on from there", e);
        }
    }

    private QuickstartReport report(
            QuickstartConfigs configs, TrainingResult pretrained, TrainingResult finetuned, long started)
            throws IOException {
        List<Evaluation.Prediction> samples = new ArrayList<>();
        Map<String, QuickstartReport.TaskScores> tasks = new LinkedHashMap<>();
        try (T5Model model = T5Model.load(finetuned.last())) {
            VocabularyFiles vocabulary = VocabularyFiles.in(finetuned.last());
            for (TaskConfig config :
                    TrainConfig.load(configs.finetune(), List.of()).data().tasks()) {
                Task task = config.toTask(Path.of(""));
                Evaluation.Result result = new TaskEvaluation(
                                task, Task.TEST, vocabulary.tokenizer(), 32, plan.evalExamples(), 1)
                        .evaluate(model);
                tasks.put(task.name(), scores(task, result));
                samples.addAll(result.predictions().subList(0, Math.min(SAMPLES, plan.evalExamples())));
            }
        }
        double seconds = Math.max(
                (System.nanoTime() - started) * 1e-9,
                pretrained.state().seconds() + finetuned.state().seconds());
        return new QuickstartReport(
                pretraining(pretrained),
                tasks,
                samples.stream()
                        .map(p -> new QuickstartReport.Sample(p.inputs(), p.target(), p.prediction()))
                        .toList(),
                tasks.values().stream().allMatch(Quickstart::beatsBaseline),
                Math.round(seconds / 0.6) / 100.0,
                finetuned.last().toString());
    }

    /** Scores of the model and of the task's trivial baseline on the same examples. */
    private QuickstartReport.TaskScores scores(Task task, Evaluation.Result result) {
        List<Example> examples = task.examples(Task.TEST, plan.evalExamples());
        Baseline baseline = task.name().equals("book") ? Baseline.majorityClass(task) : Baseline.copyOf("punctuate: ");
        Map<String, Double> metrics = new LinkedHashMap<>();
        task.metrics()
                .keySet()
                .forEach(name -> metrics.put(name, result.scores().get(task.name() + "/" + name)));
        return new QuickstartReport.TaskScores(
                examples.size(),
                metrics,
                baseline.name(),
                task.score(examples, examples.stream().map(baseline::predict).toList()));
    }

    private static boolean beatsBaseline(QuickstartReport.TaskScores scores) {
        return scores.metrics().entrySet().stream().allMatch(score -> {
            double baseline = scores.baselineMetrics().get(score.getKey());
            return score.getKey().endsWith("error_rate") ? score.getValue() < baseline : score.getValue() > baseline;
        });
    }

    private QuickstartReport.Pretraining pretraining(TrainingResult pretrained) throws IOException {
        List<Double> losses = new ArrayList<>();
        double heldOut = Double.NaN;
        for (String line :
                Files.readAllLines(RunDirectory.of(output.resolve("pretrain")).log())) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("type").asText().equals("train")) {
                losses.add(entry.get("loss").asDouble());
            } else if (entry.path("type").asText().equals("eval")) {
                heldOut = entry.get("scores").get("validation/loss").asDouble();
            }
        }
        double last = losses.subList(Math.max(0, losses.size() - LAST_STEPS), losses.size()).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        return new QuickstartReport.Pretraining(pretrained.state().step(), losses.get(0), last, heldOut);
    }
}
