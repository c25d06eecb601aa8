package org.t5j.examples.twin;

import java.util.List;
import java.util.Set;
import org.t5j.core.Architecture;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.train.config.Require;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.OptimizerConfig;
import org.t5j.train.schedule.ConstantSchedule;
import org.t5j.train.schedule.Schedule;
import org.t5j.train.setup.OptimSection;
import org.t5j.train.setup.TrainConfig;

/** The command line of {@code twin_t5.py} that computes what a configuration says, where that program can. */
public final class PeerCommand {
    private static final String NOT_IN_PEER = "must be %s, since the twin has no other";
    private static final Set<FeedForwardType> FEED_FORWARD = Set.of(FeedForwardType.RELU, FeedForwardType.GATED_GELU);

    private PeerCommand() {}

    /**
     * The words of the command.
     *
     * @throws org.t5j.train.config.ConfigException naming a setting that the program does not have
     */
    public static List<String> of(TrainConfig config, T5Config model, TwinDirectory directory) {
        requireModel(model);
        requireLoss(config);
        AdamWConfig adamW = config.optim().optimizer() instanceof AdamWConfig form ? form : null;
        requireOptimizer(config.optim().optimizer(), adamW);
        Schedule schedule = config.schedule();
        require(schedule instanceof ConstantSchedule, "schedule", "{name: constant, base: 1e-3} or such", schedule);
        return List.of(
                "python",
                "twin_t5.py",
                "--checkpoint",
                directory.model().toString(),
                "--batches",
                directory.batches().toString(),
                "--optimizer",
                adamW != null ? "adamw" : "adafactor",
                "--lr",
                Double.toString(schedule.learningRate(0)),
                "--weight-decay",
                Double.toString(adamW != null ? adamW.weightDecay() : 0),
                "--clip",
                Double.toString(config.optim().gradClip()),
                "--steps",
                Long.toString(config.optim().totalSteps()));
    }

    private static void requireModel(T5Config model) {
        FeedForwardType type = model.feedForwardType();
        require(FEED_FORWARD.contains(type), "model.feedForwardType", "RELU or GATED_GELU", type);
        require(
                model.architecture() == Architecture.ENCODER_DECODER,
                "model.architecture",
                "ENCODER_DECODER",
                model.architecture());
        require(!model.relativeBiasPerLayer(), "model.relativeBiasPerLayer", "false", true);
        require(model.padTokenId() == 0, "pad_token_id of the model", "0", model.padTokenId());
        int start = model.decoderStartTokenId();
        require(start == 0, "decoder_start_token_id of the model", "0", start);
    }

    private static void requireLoss(TrainConfig config) {
        OptimSection optim = config.optim();
        Double dropout = optim.dropoutRate();
        require(dropout != null && dropout == 0, "optim.dropoutRate", "0", dropout == null ? "the model's" : dropout);
        require(optim.labelSmoothing() == 0, "optim.labelSmoothing", "0", optim.labelSmoothing());
        require(optim.zLoss() == 0, "optim.zLoss", "0", optim.zLoss());
        require(optim.gradAcc() == 1, "optim.gradAcc", "1", optim.gradAcc());
        require(!config.data().pack(), "data.pack", "false", true);
    }

    private static void requireOptimizer(OptimizerConfig optimizer, AdamWConfig adamW) {
        if (adamW != null) {
            AdamWConfig torch = new AdamWConfig(AdamWConfig.Form.TORCH, 0.9, 0.999, 1e-8, adamW.weightDecay(), true);
            require(adamW.equals(torch), "optim.optimizer", torch.toString(), adamW);
        } else {
            double unused = optimizer instanceof AdafactorConfig form ? form.epsilon2() : 0;
            AdafactorConfig peer = new AdafactorConfig(false, false, false, 0, 1, 0.8, 0, 0, 0, 1e-30, unused);
            require(optimizer.equals(peer), "optim.optimizer", peer.toString(), optimizer);
        }
    }

    private static void require(boolean holds, String setting, String needed, Object found) {
        Require.that(holds, setting, NOT_IN_PEER.formatted(needed), found);
    }
}
