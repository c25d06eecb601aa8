package org.t5j.examples.cli;

import picocli.CommandLine.Option;

/** Options of {@code spm_train} that change nothing here, or that are refused. */
final class OtherSpmTrainOptions {
    @Option(
            names = "--train_extremely_large_corpus",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Changes nothing: spm_train counts in more bits with it.",
            defaultValue = "false")
    private boolean largeCorpus;

    @Option(
            names = "--accept_language",
            paramLabel = "LIST",
            description = "Changes nothing: spm_train notes it in the model, where nothing reads it.",
            defaultValue = "")
    private String languages;

    @Option(
            names = "--minloglevel",
            paramLabel = "N",
            description = "1 or more for no progress on standard error.",
            defaultValue = "0")
    private int minLogLevel;

    @Option(
            names = "--enable_differential_privacy",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Not supported: true is refused.",
            defaultValue = "false")
    private boolean privacy;

    @Option(
            names = "--differential_privacy_noise_level",
            paramLabel = "X",
            description = "Not supported: other values than 0 are refused.",
            defaultValue = "0")
    private float privacyNoise;

    @Option(
            names = "--differential_privacy_clipping_threshold",
            paramLabel = "N",
            description = "Not supported: other values than 0 are refused.",
            defaultValue = "0")
    private long privacyThreshold;

    void check(Subcommand command) {
        command.require(
                !privacy && privacyNoise == 0 && privacyThreshold == 0,
                "Training with differential privacy is not supported; leave out --enable_differential_privacy and the"
                        + " options --differential_privacy_..., or use spm_train for it");
    }

    boolean isQuiet() {
        return minLogLevel >= 1;
    }
}
