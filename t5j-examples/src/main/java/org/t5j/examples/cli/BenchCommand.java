package org.t5j.examples.cli;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Measures throughput. docs/performance.md says how to measure well.",
        subcommands = {
            BenchTrainCommand.class,
            BenchGenerateCommand.class,
            BenchGemmCommand.class,
            BenchKernelsCommand.class,
            BenchTokenizerCommand.class,
            BenchDataCommand.class,
            BenchCompareCommand.class
        })
final class BenchCommand extends CommandGroup {}
