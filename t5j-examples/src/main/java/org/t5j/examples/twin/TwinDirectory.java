package org.t5j.examples.twin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.config.ConfigException;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/**
 * What two programs need to train as twins: the initial model in Hugging Face's layout, the batches of every update, and the
 * settings.
 *
 * @param path a directory, which need not exist yet
 */
public record TwinDirectory(Path path) {

    /** The initial model. */
    public Path model() {
        return path.resolve("model");
    }

    /** The batches, one a line. */
    public Path batches() {
        return path.resolve("batches.jsonl");
    }

    private Path config() {
        return path.resolve("config.yaml");
    }

    /**
     * Writes the directory, which appears at once: the very weights and batches that a run of {@code config} begins with, a
     * batch for each of its updates.
     *
     * @return the command line of the twin
     * @throws T5Exception where the directory cannot be written, or the twin does not compute what {@code config} says
     */
    public List<String> write(TrainConfig config) {
        Tokenizer tokenizer = VocabularyFiles.of(config.tokenizer()).tokenizer();
        try (T5Model model = config.model().create(tokenizer.vocabSize(), config.seed())) {
            List<String> peer = PeerCommand.of(config, model.config(), this);
            CheckpointDirectory.write(path, files -> new TwinDirectory(files).fill(config, model, tokenizer));
            return peer;
        }
    }

    private void fill(TrainConfig config, T5Model model, Tokenizer tokenizer) throws IOException {
        model.save(model());
        BatchLines.write(batches(), firstBatches(config, Learning.of(config, tokenizer, path.resolve("cache"))));
        Files.writeString(config(), config.toYaml());
    }

    private static List<Batch> firstBatches(TrainConfig config, Learning learning) {
        List<Batch> batches = new ArrayList<>();
        try (BatchStream stream =
                BatchStream.open(learning.data(), config.data().batches(config.seed()), DataPosition.start())) {
            while (batches.size() < config.optim().totalSteps()) {
                batches.add(stream.next());
            }
        }
        return batches;
    }

    /**
     * The settings, some of them changed.
     *
     * @param settings as for {@link TrainConfig#load}, of the sections {@code optim} and {@code schedule}
     * @throws T5Exception where there is no such directory, or they change what the model or the batches were made with
     */
    public TrainConfig config(List<String> settings) {
        if (!Files.isRegularFile(config())) {
            throw new T5Exception("There is no " + config() + "; name a directory that bin/t5j twin write made");
        }
        TrainConfig changed = TrainConfig.load(config(), settings);
        if (!made(changed).equals(made(TrainConfig.load(config(), List.of())))) {
            throw new ConfigException(
                    "Only settings of optim and schedule can change here: the model and the batches of " + path
                            + " are made. For other settings write another directory by bin/t5j twin write");
        }
        return changed;
    }

    private static ObjectNode made(TrainConfig config) {
        ObjectNode tree = (ObjectNode) config.toTree();
        return tree.without(List.of("optim", "schedule"));
    }
}
