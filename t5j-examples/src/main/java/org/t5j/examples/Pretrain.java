package org.t5j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.unigram.UnigramTrainer;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.setup.TrainConfig;

/** Trains a vocabulary and then a small T5 on a text by span corruption. Started again, it goes on where it stopped. */
public final class Pretrain {
    private Pretrain() {}

    /**
     * @param args a text file in UTF-8 (documents separated by blank lines), a directory for the run, and settings such
     *     as {@code optim.totalSteps=200}
     */
    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Usage: Pretrain TEXT DIRECTORY [KEY=VALUE ...]");
            System.exit(2);
        }
        run(Path.of(args[0]), Path.of(args[1]), List.of(args).subList(2, args.length));
    }

    static TrainingResult run(Path text, Path directory, List<String> settings) {
        Path vocabulary = directory.resolveSibling(directory.getFileName() + ".model");
        if (!Files.exists(vocabulary)) {
            new UnigramTrainer(TrainerConfig.ofVocabSize(1000))
                    .train(List.of(text))
                    .write(vocabulary);
        }
        TrainConfig config = TrainConfig.ofSettings(Settings.join(
                settings,
                "mode=PRETRAIN",
                "model.preset=tiny",
                TrainConfig.setting("tokenizer.file", vocabulary),
                TrainConfig.setting("data.files", text),
                "data.batchSize=16",
                "objective.inputLength=128",
                "optim.totalSteps=1000",
                "checkpoint.everySteps=100"));
        return Training.of(config).run(directory, true);
    }
}
