package org.t5j.examples.cli;

import picocli.CommandLine.Command;

@Command(
        name = "twin",
        description =
                "Trains beside a twin in PyTorch, from the same weights on the same batches, and compares the losses."
                        + " docs/concepts/twin.md tells how.",
        subcommands = {TwinWriteCommand.class, TwinTrainCommand.class, TwinCompareCommand.class})
final class TwinCommand extends CommandGroup {}
