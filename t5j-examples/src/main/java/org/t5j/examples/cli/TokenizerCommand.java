package org.t5j.examples.cli;

import picocli.CommandLine.Command;

@Command(
        name = "tokenizer",
        description = "Trains and applies SentencePiece vocabularies.",
        subcommands = {
            TokenizerTrainCommand.class,
            TokenizerEncodeCommand.class,
            TokenizerDecodeCommand.class,
            TokenizerInspectCommand.class,
            TokenizerNormalizeCommand.class,
            TokenizerExportVocabCommand.class
        })
final class TokenizerCommand extends CommandGroup {}
