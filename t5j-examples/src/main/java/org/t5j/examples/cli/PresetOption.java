package org.t5j.examples.cli;

import org.t5j.core.NearestName;
import org.t5j.core.T5Preset;
import picocli.CommandLine.Option;

/** {@code --preset} of the benchmarks. */
final class PresetOption {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "The model: bench, tiny, small, v1_1-small ...",
            defaultValue = "bench")
    private String preset;

    String name(Subcommand command) {
        command.require(
                T5Preset.names().contains(preset),
                "--preset: there is no preset \"" + preset + "\""
                        + NearestName.question(T5Preset.names(), preset) + " There are "
                        + String.join(", ", T5Preset.names()));
        return preset;
    }
}
