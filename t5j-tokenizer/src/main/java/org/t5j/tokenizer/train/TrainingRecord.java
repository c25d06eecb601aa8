package org.t5j.tokenizer.train;

import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.model.TrainerSpec;

/** Writes down in a model how it was trained, by the numbers in {@code sentencepiece_model.proto}. */
final class TrainingRecord {

    private TrainingRecord() {}

    /** The settings, with the size that the vocabulary has in the end. Names of files are left out. */
    static TrainerSpec of(TrainerConfig config, int vocabSize) {
        ProtoMessage.Builder spec = new ProtoMessage.Builder()
                .add(3, (long) TrainerSpec.numberOf(config.modelType()))
                .add(4, (long) vocabSize)
                .add(10, config.characterCoverage())
                .add(14, (long) config.unigram().seedSize())
                .add(15, config.unigram().shrinkingFactor())
                .add(16, (long) config.threads())
                .add(17, (long) config.unigram().subIterations())
                .add(33, config.hardVocabLimit())
                .add(34, config.useAllVocab())
                .add(36, config.requiredCharacters());
        addLines(spec, config.lines());
        addRule(spec, config.pieceRule());
        addSpecialPieces(spec, config.specialPieces());
        return new TrainerSpec(spec.build());
    }

    private static void addLines(ProtoMessage.Builder spec, LineSelection lines) {
        spec.add(6, (long) lines.selfTestSamples())
                .add(11, (long) lines.maxLines())
                .add(18, (long) lines.maxBytes())
                .add(19, lines.shuffle());
    }

    private static void addRule(ProtoMessage.Builder spec, PieceRule rule) {
        spec.add(20, (long) rule.maxLength())
                .add(21, rule.splitByUnicodeScript())
                .add(22, rule.splitByWhitespace())
                .add(23, rule.splitByNumber())
                .add(24, rule.whitespaceAsSuffix())
                .add(25, rule.splitDigits())
                .add(26, rule.whitespaceOnlyPieces());
    }

    private static void addSpecialPieces(ProtoMessage.Builder spec, SpecialPieces pieces) {
        pieces.controlSymbols().forEach(symbol -> spec.add(30, symbol));
        pieces.userDefinedSymbols().forEach(symbol -> spec.add(31, symbol));
        spec.add(35, pieces.byteFallback())
                .add(40, (long) pieces.unk().id())
                .add(41, (long) pieces.bos().id())
                .add(42, (long) pieces.eos().id())
                .add(43, (long) pieces.pad().id())
                .add(44, pieces.unkSurface())
                .add(45, pieces.unk().text())
                .add(46, pieces.bos().text())
                .add(47, pieces.eos().text())
                .add(48, pieces.pad().text());
    }
}
