package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.tokenizer.TrainerConfigBuilder;
import picocli.CommandLine.Option;

/** The pieces of a vocabulary that are not learned; the ids are T5's unless said otherwise. */
final class SpecialPieceOptions {
    @Option(names = "--unk_id", paramLabel = "ID", description = "Id of the unknown piece.", defaultValue = "2")
    private int unkId;

    @Option(
            names = "--bos_id",
            paramLabel = "ID",
            description = "Id of the piece that starts a sequence; -1 for none.",
            defaultValue = "-1")
    private int bosId;

    @Option(
            names = "--eos_id",
            paramLabel = "ID",
            description = "Id of the piece that ends a sequence; -1 for none.",
            defaultValue = "1")
    private int eosId;

    @Option(
            names = "--pad_id",
            paramLabel = "ID",
            description = "Id of the padding piece; -1 for none.",
            defaultValue = "0")
    private int padId;

    @Option(
            names = "--unk_piece",
            paramLabel = "TEXT",
            description = "Name of the unknown piece.",
            defaultValue = "<unk>")
    private String unkPiece;

    @Option(
            names = "--bos_piece",
            paramLabel = "TEXT",
            description = "Name of the piece that starts a sequence.",
            defaultValue = "<s>")
    private String bosPiece;

    @Option(
            names = "--eos_piece",
            paramLabel = "TEXT",
            description = "Name of the piece that ends a sequence.",
            defaultValue = "</s>")
    private String eosPiece;

    @Option(
            names = "--pad_piece",
            paramLabel = "TEXT",
            description = "Name of the padding piece.",
            defaultValue = "<pad>")
    private String padPiece;

    @Option(
            names = "--unk_surface",
            paramLabel = "TEXT",
            description = "What the unknown piece decodes to.",
            defaultValue = " \u2047 ")
    private String unkSurface;

    @Option(
            names = "--control_symbols",
            paramLabel = "LIST",
            description = "Pieces of structure that text never becomes, with commas between them.",
            defaultValue = "")
    private String controlSymbols;

    @Option(names = "--control_symbols_file", paramLabel = "FILE", description = "Such pieces from a file, one a line.")
    private Path controlSymbolsFile;

    @Option(
            names = "--user_defined_symbols",
            paramLabel = "LIST",
            description = "Texts that always stay in one piece, with commas between them.",
            defaultValue = "")
    private String userDefinedSymbols;

    @Option(
            names = "--user_defined_symbols_file",
            paramLabel = "FILE",
            description = "Such texts from a file, one a line.")
    private Path userDefinedSymbolsFile;

    @Option(names = "--symbol", paramLabel = "TEXT", description = "One such text; may be repeated.")
    private List<String> symbols = List.of();

    @Option(
            names = "--byte_fallback",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Encode unknown characters as bytes; takes 256 pieces.",
            defaultValue = "false")
    private boolean byteFallback;

    void addTo(TrainerConfigBuilder builder) {
        List<String> userDefined = symbols(userDefinedSymbols, userDefinedSymbolsFile);
        userDefined.addAll(symbols);
        builder.unk(unkPiece, unkId)
                .bos(bosPiece, bosId)
                .eos(eosPiece, eosId)
                .pad(padPiece, padId)
                .unkSurface(unkSurface)
                .controlSymbols(symbols(controlSymbols, controlSymbolsFile))
                .userDefinedSymbols(userDefined)
                .byteFallback(byteFallback);
    }

    private static List<String> symbols(String list, Path file) {
        List<String> all = new ArrayList<>(CommaSeparated.parse(list));
        if (file != null) {
            all.addAll(SymbolFile.lines(file));
        }
        return all;
    }

    /** The ids, in words. */
    String ids() {
        return "pad " + id(padId) + ", eos " + id(eosId) + ", unk " + id(unkId) + ", bos " + id(bosId);
    }

    private static String id(int id) {
        return id < 0 ? "none" : Integer.toString(id);
    }
}
