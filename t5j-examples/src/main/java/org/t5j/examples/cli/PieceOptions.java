package org.t5j.examples.cli;

import java.nio.file.Path;
import org.t5j.tokenizer.TrainerConfigBuilder;
import picocli.CommandLine.Option;

/** Which substrings of a text may become pieces of a vocabulary, and how many. */
final class PieceOptions {
    @Option(
            names = "--character_coverage",
            paramLabel = "SHARE",
            description = "Share of the characters that get a piece; rarer ones become unknown.",
            defaultValue = "0.9995")
    private double characterCoverage;

    @Option(
            names = "--required_chars",
            paramLabel = "TEXT",
            description = "Characters that get a piece however rare they are.",
            defaultValue = "")
    private String requiredCharacters;

    @Option(
            names = "--required_chars_file",
            paramLabel = "FILE",
            description = "Such characters from a file, in place of those.")
    private Path requiredCharactersFile;

    @Option(
            names = "--max_sentencepiece_length",
            paramLabel = "N",
            description = "Longest piece in characters.",
            defaultValue = "16")
    private int maxLength;

    @Option(
            names = "--split_by_unicode_script",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Keep pieces within one script.",
            defaultValue = "true")
    private boolean splitByScript;

    @Option(
            names = "--split_by_number",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Count digits as a script of their own.",
            defaultValue = "true")
    private boolean splitByNumber;

    @Option(
            names = "--split_by_whitespace",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Keep pieces within one word.",
            defaultValue = "true")
    private boolean splitByWhitespace;

    @Option(
            names = "--split_digits",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Give every digit a piece of its own.",
            defaultValue = "false")
    private boolean splitDigits;

    @Option(
            names = "--treat_whitespace_as_suffix",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Let a space belong to the word before it.",
            defaultValue = "false")
    private boolean whitespaceAsSuffix;

    @Option(
            names = "--allow_whitespace_only_pieces",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Let several spaces be a piece.",
            defaultValue = "false")
    private boolean whitespaceOnlyPieces;

    @Option(
            names = "--hard_vocab_limit",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Fail if the text yields fewer pieces than asked for.",
            defaultValue = "true")
    private boolean hardLimit;

    @Option(
            names = "--use_all_vocab",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "For types word and char: make every word or character a piece.",
            defaultValue = "false")
    private boolean useAll;

    void addTo(TrainerConfigBuilder builder) {
        builder.characterCoverage(characterCoverage)
                .requiredCharacters(
                        requiredCharactersFile == null
                                ? requiredCharacters
                                : String.join("", SymbolFile.lines(requiredCharactersFile)))
                .maxPieceLength(maxLength)
                .splitByUnicodeScript(splitByScript)
                .splitByNumber(splitByNumber)
                .splitByWhitespace(splitByWhitespace)
                .splitDigits(splitDigits)
                .whitespaceAsSuffix(whitespaceAsSuffix)
                .whitespaceOnlyPieces(whitespaceOnlyPieces)
                .hardVocabLimit(hardLimit)
                .useAllVocab(useAll);
    }
}
