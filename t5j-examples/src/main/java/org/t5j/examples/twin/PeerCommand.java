package org.t5j.examples.twin;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import org.t5j.core.Architecture;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.train.UpdateGuard;
import org.t5j.train.config.Require;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.OptimizerConfig;
import org.t5j.train.setup.OptimSection;
import org.t5j.train.setup.TrainConfig;

/** The command line of {@code twin_t5.py} that computes what a configuration says, where that program can. */
public final class PeerCommand {
    private static final String NOT_IN_PEER = "must be %s, since the twin has no other";
    private static final String OPTIMIZER = "optim.optimizer";
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
        requireUpdates(config);
        requireOptimizer(config.optim().optimizer());
        requireNamed("constant", "schedule", config);
        AdamWConfig adamW = config.optim().optimizer() instanceof AdamWConfig form ? form : null;
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
                Double.toString(config.schedule().learningRate(0)),
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

    private static void requireUpdates(TrainConfig config) {
        requireNamed("all", "transfer", config);
        requireNamed("none", "average", config);
        requireSame("optim.guard", UpdateGuard.defaults(), config.optim().guard());
        OptimSection.WarmStart start = config.optim().warmStart();
        require(start == OptimSection.WarmStart.NONE, "optim.warmStart", "NONE", start);
    }

    private static void requireNamed(String name, String section, TrainConfig config) {
        String found = config.toTree().path(section).path("name").asText();
        require(found.equals(name), section, name, found);
    }

    private static void requireOptimizer(OptimizerConfig optimizer) {
        if (optimizer instanceof AdamWConfig form) {
            requireSame(
                    OPTIMIZER,
                    new AdamWConfig(AdamWConfig.Form.TORCH, 0.9, 0.999, 1e-8, form.weightDecay(), true),
                    form);
        } else if (optimizer instanceof AdafactorConfig form) {
            requireSame(
                    OPTIMIZER,
                    new AdafactorConfig(false, false, false, 0, 1, 0.8, 0, 0, 0, 1e-30, form.epsilon2()),
                    form);
        }
    }

    /** Requires the first setting that differs, if any, to be as it is needed. */
    private static void requireSame(String section, Record needed, Record found) {
        for (RecordComponent setting : needed.getClass().getRecordComponents()) {
            Object value = value(needed, setting);
            Object other = value(found, setting);
            require(value.equals(other), section + "." + setting.getName(), value.toString(), other);
        }
    }

    private static Object value(Record section, RecordComponent setting) {
        try {
            return setting.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new T5Exception("Cannot read " + setting + " of " + section, e);
        }
    }

    private static void require(boolean holds, String setting, String needed, Object found) {
        Require.that(holds, setting, NOT_IN_PEER.formatted(needed), found);
    }
}
