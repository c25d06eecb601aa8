/**
 * Models of type word, one piece for each word between spaces, and where words end ({@link
 * org.t5j.tokenizer.word.WordSplitter}). Start at {@link org.t5j.tokenizer.word.WordSegmenter} for encoding, at {@link
 * org.t5j.tokenizer.word.WordTrainer} for making a vocabulary. Other model types do not belong here.
 */
package org.t5j.tokenizer.word;
