package org.t5j.examples.cli;

import picocli.CommandLine.Command;

@Command(name = "bench", description = "Measures throughput.", subcommands = BenchTrainCommand.class)
final class BenchCommand extends CommandGroup {}
