package org.t5j.examples.twin;

import java.util.List;
import java.util.function.Consumer;
import org.t5j.core.T5Model;
import org.t5j.data.batch.Batches;
import org.t5j.train.StepReport;
import org.t5j.train.Trainer;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.setup.OptimSection;
import org.t5j.train.setup.TrainConfig;

/** t5j's side: the trainer that also {@code pretrain} runs, on the batches of a {@link TwinDirectory}. */
public final class TwinTraining {
    private TwinTraining() {}

    /**
     * Trains the directory's model and leaves the directory as it is.
     *
     * @param settings as for {@link TwinDirectory#config}
     * @param losses is told every update
     * @throws org.t5j.core.T5Exception where the directory's files are none of a twin's, the twin does not compute what the
     *     settings say, or a loss is not finite
     */
    public static void run(TwinDirectory directory, List<String> settings, Consumer<StepLoss> losses) {
        TrainConfig config = directory.config(settings);
        Batches batches = new RepeatedBatches(BatchLines.read(directory.batches()));
        try (T5Model model = T5Model.load(directory.model());
                Optimizer optimizer = config.optim().optimizer().create(model.kernels())) {
            PeerCommand.of(config, model.config(), directory);
            new Trainer(
                            model,
                            optimizer,
                            config.schedule(),
                            batches,
                            OptimSection.trainerOptions(config, model.config()),
                            TrainingState.start())
                    .listener(new TrainingListener() {
                        @Override
                        public void stepped(StepReport report) {
                            losses.accept(new StepLoss(report.step(), report.loss(), report.gradientNorm()));
                        }
                    })
                    .run();
        }
    }
}
