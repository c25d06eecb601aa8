/**
 * Text to ids and back, compatible with SentencePiece's {@code .model} files and with T5's sentinels.
 *
 * <p>Start at {@link org.t5j.tokenizer.SentencePieceTokenizer#load(java.nio.file.Path)}; to make a vocabulary of your
 * own, at {@link org.t5j.tokenizer.train.VocabularyTrainer}. ByT5's bytes are {@link
 * org.t5j.tokenizer.ByteTokenizer}. This module depends on nothing but the JDK: no ND4J, no models, no datasets.
 *
 * <p>Encoding runs normalisation ({@link org.t5j.tokenizer.normalize}), then the {@link
 * org.t5j.tokenizer.Segmenter} of the model's type, then the treatment of what the vocabulary lacks. A new model type
 * is a new {@code Segmenter} and one line in {@code Segmenters}.
 */
package org.t5j.tokenizer;
