package org.t5j.examples.cli;

import picocli.CommandLine.Command;

@Command(
        name = "data",
        description = "Prepares corpora for training and shows what a model gets of them.",
        subcommands = {DataPrepareCommand.class, DataInspectCommand.class})
final class DataCommand extends CommandGroup {}
