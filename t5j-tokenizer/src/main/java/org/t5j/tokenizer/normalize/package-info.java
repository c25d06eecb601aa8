/**
 * Text to the normalised bytes that are segmented: {@link org.t5j.tokenizer.normalize.Normalizer} with its compiled
 * character map and rules for spaces. Start there; rules of one's own are {@link
 * org.t5j.tokenizer.normalize.CharacterRules}. What becomes of the bytes, and model files, are not known here.
 *
 * <p>The resources {@code NAME.charsmap.gz} are SentencePiece's own precompiled rules {@code nfkc}, {@code nmt_nfkc}
 * (NFKC with a few additions for translation), {@code nfkc_cf} and {@code nmt_nfkc_cf} (the same with case folding), as
 * {@code spm_train} 0.1.97 writes them into model files. Copyright 2016 Google Inc., Apache License 2.0, <a
 * href="https://github.com/google/sentencepiece">google/sentencepiece</a>.
 */
package org.t5j.tokenizer.normalize;
